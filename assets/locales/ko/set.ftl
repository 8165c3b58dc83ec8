# 치료사가 브라우저에서 보는 녹화된 세트.

web-set-waiting = 이 세트를 다시 채점하고 있어요 …
web-set-timeline = 언제 무슨 일이 있었나요
web-set-timeline-told = 반복 { $reps }회, 감점 { $lost }건, 코치의 말 { $said }번, 멈춤 { $gaps }번. 아래 표에 같은 내용이 있어요.
web-set-said = 코치의 말
web-set-said-count = { $count ->
    [0] 코치가 한 말이 없어요
   *[other] 코치가 한 말 { $count }번
}
web-set-rep = { $number }번째 반복: 100점 중 { $score }점
web-set-number = { $number }번
web-set-pain-after = 운동 후 통증
web-set-wrong = 수업 중에 환자가 “이상해요”를 눌렀어요.
web-set-before = ‹ 이전 반복
web-set-after = 다음 반복 ›
web-set-camera = 보는 방향
web-set-camera-front = 촬영한 방향
web-set-camera-left = 왼쪽에서
web-set-camera-right = 오른쪽에서
web-set-camera-free = 직접 돌림
web-set-who = 색이 있는 쪽이 이 세트예요. 오른쪽 초록색은 { $other }이에요. 둘 다 반복의 같은 지점에 있어요.
web-set-beside = 나란히 볼 것
web-set-trainer = 트레이너의 기준 동작
web-set-nothing = 없음
web-set-others = 내 다른 환자들의 움직임을 이름 없이 함께 그리기
web-set-compare = 비교하기
web-set-curves-help = 띠는 오차예요. 100번 중 95번은 참값이 그 안에 있어요. 점선은 찍은 방향에서 숫자를 말할 수 없다는 뜻이에요. 옅은 칸은 반복이고, 가장 아쉬운 반복은 더 진해요.
web-set-numbers = { $name }: 숫자로 보기
web-set-lowest = 최솟값
web-set-highest = 최댓값
web-set-curve-told = { $side } { $low }에서 { $high }까지.
web-set-cycle = 평균 반복
web-set-cycle-help = 완료한 모든 반복을 시작(0 %)부터 끝(100 %)까지 같은 길이로 맞춘 평균이에요. 띠는 측정 오차예요.
web-set-no-cycle = 이 세트에는 그만큼 잘 보인 완료 반복이 없어요.
web-set-this = 이 세트
web-set-norm = 다른 환자들
web-set-same = { $day }과 견주어 두 측정의 오차를 넘는 차이가 없어요.
web-set-differs = { $from }~{ $to } % 구간: { $day }보다 최대 { $value } { $way ->
    [less] 작아요
   *[other] 커요
}. 두 측정의 오차를 넘는 차이예요.

web-set-no-comments = 이 세트에는 아직 남긴 말이 없어요.
web-set-joint = 어느 관절
web-set-no-joint = 없음
web-set-draw = 영상에 그리기
web-set-circle = 관절에 동그라미
web-set-undo = 마지막 선 지우기
web-set-lines = 그린 선:
web-set-draw-help = 보여 줄 순간에 영상을 멈추고, 관절을 고르거나 누른 다음 그리세요. 선은 그 관절의 깊이에 놓이고 의견과 함께 보내져요. 키보드로는 관절을 고른 뒤 “관절에 동그라미”를 누르세요.
web-set-drawn = 다 그렸어요: 의견 쓰기
web-set-drawing = 그림, 선 { $lines }개
web-set-spoken = 음성
web-set-voice = 말로 남기기
web-set-voice-help = 1분까지예요. 위에서 고른 순간과 관절에 남겨져요.
web-set-record = 녹음
web-set-stop = 멈춤
web-set-voice-send = 녹음 보내기
web-set-voice-drop = 버리기
web-set-voice-refused = 브라우저가 마이크를 쓸 수 없어요. 허용하거나 글로 의견을 남겨 주세요.
web-set-voice-failed = 보내지 못했어요. 다시 시도해 주세요.
web-set-bad-lines = 그림을 읽을 수 없어요. 다시 그려 주세요.
web-set-bad-sound = 녹음을 읽을 수 없어요. 다시 녹음해 주세요.
web-joint-nose = 머리
web-joint-left-shoulder = 왼쪽 어깨
web-joint-right-shoulder = 오른쪽 어깨
web-joint-left-elbow = 왼쪽 팔꿈치
web-joint-right-elbow = 오른쪽 팔꿈치
web-joint-left-wrist = 왼쪽 손목
web-joint-right-wrist = 오른쪽 손목
web-joint-left-hip = 왼쪽 엉덩관절
web-joint-right-hip = 오른쪽 엉덩관절
web-joint-left-knee = 왼쪽 무릎
web-joint-right-knee = 오른쪽 무릎
web-joint-left-ankle = 왼쪽 발목
web-joint-right-ankle = 오른쪽 발목
web-joint-left-foot-index = 왼쪽 발끝
web-joint-right-foot-index = 오른쪽 발끝
web-joint-number = { $number }번 점
