# 설정, 운동 목록, 기록.

rooms-close = 닫기
rooms-language = 언어
rooms-english = English
rooms-korean = 한국어
rooms-text-size = 글자 크기
rooms-percent = { $value } %
rooms-colours = 화면 색
rooms-light = 밝게
rooms-dark = 어둡게
rooms-high-contrast = 글자가 또렷하게
rooms-still = 화면 움직임 줄이기
rooms-still-note = 꼭 필요하지 않은 움직임은 없애요.
rooms-sound = 소리
rooms-voice = 코치가 말하기
rooms-voice-note = 코치가 하는 말은 화면에도 모두 나와요.
rooms-volume = 소리 크기
rooms-camera = 카메라와 화면
rooms-camera-auto = 알아서 고르기
rooms-mirror = 거울처럼 보기
rooms-mirror-note = 내 오른손이 화면에서도 오른쪽에 보여요.
rooms-trainer-over = 트레이너를 내 몸에 겹쳐 보기
rooms-trainer-over-note = 트레이너가 옆이 아니라 내 자리에서 움직여요.
rooms-hands = 손을 들어 고르기
rooms-hands-note = 손을 2초 동안 들고 계세요. 오른손을 들면 눌러요. 왼손을 들면 다른 버튼을 누르거나 다음 것으로 가요.
rooms-quality = 입체 화면의 세밀함
rooms-quality-auto = 컴퓨터에 맞게
rooms-quality-low = 단순하게
rooms-quality-medium = 보통
rooms-quality-high = 가장 좋게
rooms-full-screen = 화면 가득 채우기
rooms-full-screen-note = 모두 더 크고 잘 보여요.
rooms-health = 내 건강
rooms-health-changed = 달라진 점이 있어요
rooms-health-what = 무엇이 달라졌나요? 건강 질문을 다시 여쭤볼게요.
rooms-lock = 내 기록을 열 수 있는 사람
rooms-lock-system = 이 컴퓨터의 열쇠 보관함으로 잠겨 있어요. 내 계정으로만 열 수 있어요.
rooms-lock-passphrase = 내 암호로 잠겨 있어요. 바로를 켤 때 암호를 여쭤봐요.
rooms-lock-file = 이 컴퓨터에는 열쇠 보관함이 없어요. 내 계정을 쓸 수 있는 사람은 누구나 기록을 열 수 있어요.
rooms-lock-none = 아직 기록이 없어요. 열쇠 보관함이 있는 컴퓨터라면 첫 기록부터 그것으로 잠가요.
rooms-lock-set = 암호로 잠그기
rooms-lock-change = 암호 바꾸기
rooms-lock-remove = 암호 없애기
rooms-lock-new = 새 암호
rooms-lock-note = 8자 이상이면 돼요. 적어서 안전한 곳에 두세요. 암호를 잊으면 저희도 기록을 열어 드릴 수 없어요.
rooms-lock-save = 이 암호로 잠그기
rooms-lock-keep = 그대로 두기
rooms-lock-done = 바꿨어요.
rooms-lock-failed = 바꾸지 못했어요. 기록은 전처럼 잠겨 있어요.
rooms-data = 내 정보
rooms-export = 내 정보 복사본 저장하기
rooms-exported = 내 정보를 이 폴더에 저장했어요: { $folder }
rooms-delete = 내 정보를 모두 지우기
rooms-delete-sure = 네, 모두 지울게요
rooms-delete-note = 계획과 일지, 기록한 움직임이 이 컴퓨터에서 사라져요. 되돌릴 수 없어요.
rooms-about = 바로 { $version }. 아파치 라이선스 2.0을 따르는 자유 소프트웨어예요.

rooms-routines = 운동 묶음
rooms-exercises = 운동
rooms-games = 놀이 운동
rooms-play = 시작
rooms-play-later = 건강 질문에 답하신 뒤, 운동 전이나 후에 하실 수 있어요.
rooms-level = 어려운 정도
rooms-level-of = { $level }단계
rooms-filter = { $set ->
    [0] 맞는 운동 찾기
   *[other] 맞는 운동 찾기 ({ $set }개 고름)
}
rooms-region = 부위
rooms-time = 시간
rooms-up-to = { $minutes }분까지
rooms-position = 자세
rooms-nothing = 아무것도 없음
rooms-any = 전체
rooms-minutes = { $minutes }분
rooms-none-found = 맞는 운동이 없어요. 고른 조건을 하나 빼 보세요.
rooms-take = 오늘은 이 운동 하기
rooms-muscles = 쓰는 근육
rooms-needs = 준비물
rooms-avoid = 먼저 의사와 상담하실 분
rooms-sources = 출처

rooms-history-none = 운동을 하시면 여기에 기록이 나와요.
rooms-weeks = 주간 기록
rooms-week = { $planned }일 중 { $done }일
rooms-week-of = { $day } 주
rooms-days = 날짜
rooms-trends = 변화
rooms-sets = 하신 운동
rooms-weekdays = 월 화 수 목 금 토 일
rooms-month = { $month }월
rooms-day-done = { $month } { $day }일: { $sets }세트
rooms-trend-first = 첫 번째 값이에요. 다음 운동부터 변화를 보여 드려요.
rooms-see-again = 다시 보기

rooms-trend-pain = 운동 전 통증
rooms-trend-score = { $exercise }: 점수
rooms-trend-range = { $exercise }: 움직인 범위{ $side ->
    [left] , 왼쪽
    [right] , 오른쪽
   *[both] {""}
}
rooms-trend-test = { $exercise }: 결과

replay-note = 치료사가 남긴 글:
replay-title = 다시 보기
replay-reading = 기록을 불러오고 있어요.
replay-failed = 이 기록은 보여 드릴 수 없어요. ({ $reason })
replay-no-rep = 아직 시작하기 전이에요.
replay-said = 코치가 한 말
replay-nothing-said = 고칠 것이 없었어요.
replay-time = 시간
replay-before = 앞 동작
replay-after = 다음 동작
replay-play = 재생
replay-pause = 멈춤
replay-slow = 천천히
replay-normal = 원래 속도
replay-turn = 돌려 보기

rooms-messages = 메시지
rooms-messages-sentence = 병원과 주고받은 글이에요. 새 글이 맨 위에 있어요.
rooms-messages-none = 아직 주고받은 글이 없어요. 치료사에게 궁금한 것을 물어보세요.
rooms-messages-no-clinic = 병원과 연결하면 치료사와 여기서 글을 주고받을 수 있어요.
rooms-messages-write = 병원에 쓰기
rooms-messages-send = 보내기
rooms-messages-see = 다시 보기
rooms-messages-clinic = 병원, { $when }
rooms-messages-me = 나, { $when }
rooms-messages-waits = 나, { $when }. 아직 안 보냈어요
rooms-messages-about = { $exercise }, { $at }
rooms-messages-about-gone = 이 컴퓨터에 없는 움직임에 대한 글이에요
rooms-messages-plan = 치료사가 새 계획을 보냈어요
rooms-messages-plan-new = 새 운동: { $name }, { $dose }
rooms-messages-plan-other = { $name }: { $from }. 이제부터 { $to }
rooms-messages-plan-gone = 이제 안 해요: { $name }
rooms-messages-plan-why = 이유: { $why }
rooms-messages-failed = 지금은 쓸 수 없어요. 다시 해 주세요.

rooms-messages-hear = 듣기
rooms-messages-unheard = 이 음성 메모는 여기서 들을 수 없어요. 병원에 글로 써 달라고 해 주세요.
rooms-messages-silent = 이 컴퓨터에는 소리 장치가 없어서 음성 메모를 들을 수 없어요.
rooms-messages-spoken = 음성 메모
rooms-messages-drawing = 움직임 위에 그린 그림
rooms-messages-asked = 병원에서 설문에 답해 달라고 해요: { $title }
rooms-messages-not-asked = 이제 답하지 않아도 돼요: { $title }
rooms-messages-answered = 병원의 설문에 답했어요.
rooms-messages-visit = 예약: { $when }, { $minutes }분, 병원에서
rooms-messages-visit-live = 예약: { $when }, { $minutes }분, 이 화면에서
rooms-messages-visit-moved = 예약이 바뀌었어요: { $when }, { $minutes }분
rooms-messages-visit-cancelled = 예약이 취소됐어요: { $when }
rooms-messages-summary = 상담 내용 정리:

rooms-questions = 병원에서 온 설문
rooms-questions-none = 지금은 답할 설문이 없어요.
rooms-questions-door = 병원에서 온 설문
rooms-questions-due = 병원에서 몇 가지 물어봐요: { $title }. { $minutes }분쯤 걸려요.
rooms-questions-later = 나중에 하기
rooms-questions-yes = 예
rooms-questions-no = 아니요
rooms-questions-number = 답을 숫자로 쓰기
rooms-questions-words = 답 쓰기
rooms-questions-done = 고맙습니다
rooms-questions-sent = 답은 병원으로 보내요. 치료사가 어떻게 지내시는지 아는 데 도움이 돼요.
rooms-questions-failed = 지금은 답을 저장하지 못했어요. 답은 그대로 있으니 잠시 뒤에 다시 열어 주세요.
rooms-appointment = 다음 예약: { $when }
rooms-appointment-live = 다음 예약(이 화면에서): { $when }

rooms-crisis = 혼자가 아니에요
rooms-crisis-sentence = 차라리 죽는 것이 낫겠다거나 자신을 해치고 싶다는 생각이 들었다고 답하셨어요. 오늘 꼭 누군가와 이야기해 주세요.
rooms-crisis-call = 언제든 바로 전화하세요: 자살예방 상담전화 109 (24시간, 무료)
rooms-crisis-danger = 당장 위험하다고 느끼면 119에 전화하세요.
rooms-crisis-near = 믿을 수 있는 사람과 함께 있거나, 와 달라고 하세요.
rooms-crisis-clinic = 답은 병원으로 보내지만, 바로 보지 못할 수도 있어요.
rooms-crisis-read = 읽었어요
