# 창에 보이는 글, 한국어. 말투는 해요체로 통일합니다.

app-name = 바로

## 영상이 어디에서 오는지
source-camera = 카메라: { $name }
source-file = 파일 재생 중: { $name }
source-demo = 내장된 예시 영상을 보여 드리고 있어요
source-demo-no-camera = 카메라가 없어서 내장된 예시 영상을 보여 드려요
source-demo-camera-failed = 카메라를 쓸 수 없어서 내장된 예시 영상을 보여 드려요

## 진행 상태
state-starting = 준비하고 있어요…
state-paused = 잠시 멈췄어요
state-camera-lost = 카메라 연결이 끊겼어요. 다시 꽂으시면 저절로 이어져요.
state-failed = 문제가 생겼어요
state-ended = 끝났어요

## 내가 보이나요?
sight-clear = 잘 보여요
sight-lost = 모습이 보이지 않아요
sight-lost-help = 온몸이 나오도록 화면 안으로 들어와 주세요.
sight-partial = { $joint } 쪽이 보이지 않아요
sight-partial-help = 온몸이 나오도록 조금 뒤로 물러나 주세요.

joint-head = 머리
joint-left-shoulder = 왼쪽 어깨
joint-right-shoulder = 오른쪽 어깨
joint-left-elbow = 왼쪽 팔꿈치
joint-right-elbow = 오른쪽 팔꿈치
joint-left-hand = 왼손
joint-right-hand = 오른손
joint-left-hip = 왼쪽 엉덩이
joint-right-hip = 오른쪽 엉덩이
joint-left-knee = 왼쪽 무릎
joint-right-knee = 오른쪽 무릎
joint-left-foot = 왼발
joint-right-foot = 오른발

## 횟수판
label-reps = 횟수
label-partial = 끝까지 못 한 동작 { $count }회
label-score = 점수
label-score-none = –
label-progress = 목표까지
label-you = 나
label-trainer = 트레이너
label-picture = 카메라 화면

## 따로 알려 드릴 것이 없을 때
phase-rest = 준비되시면 시작해 주세요
phase-out = 천천히 계속해 주세요
phase-peak = 좋아요! 이제 돌아와 주세요
phase-return = 천천히 처음 자세로 돌아와 주세요
phase-squat-rest = 바르게 서세요. 준비되시면 앉아 주세요
phase-squat-out = 천천히 앉아 주세요
phase-squat-peak = 좋아요! 이제 일어나 주세요
phase-squat-return = 천천히 일어나 주세요
phase-shoulder-abduction-rest = 팔을 내리고, 준비되시면 들어 주세요
phase-shoulder-abduction-out = 팔을 옆으로 들어 주세요
phase-shoulder-abduction-peak = 좋아요! 이제 천천히 내려 주세요
phase-shoulder-abduction-return = 천천히 내려 주세요

## 단추
button-pause = 잠시 멈춤
button-resume = 계속하기
button-finish = 마치기
button-picture-hide = 영상 숨기기
button-picture-show = 영상 보기
button-language = English
button-sound-off = 소리 끄기
button-sound-on = 소리 켜기
button-again = 다시 하기
button-next = 다음: { $exercise }
button-quit = 닫기
button-retry = 다시 시도

## 소리
sound-none = 소리 장치가 없어요. 화면의 안내를 읽어 주세요
sound-no-voice = 한국어 목소리가 없어요. 화면의 안내를 읽어 주세요
sound-muted = 소리를 꺼 두었어요

## 결과
result-title = 잘하셨어요!
result-title-none = 운동을 마쳤어요
result-reps = { $count }회 완료
result-partial = { $count ->
    [0] 모두 끝까지 하셨어요
   *[other] 끝까지 못 한 동작 { $count }회
}
result-score = 100점 만점에 { $score }점
result-score-none = 끝까지 한 동작이 없어서 점수가 아직 없어요.
result-rep = { $number }번째
result-rep-partial = 끝까지 못 했어요
result-rep-score = { $score }점
result-rep-clean = 고칠 점이 없어요
result-points = −{ $points }점
result-side-left = 왼쪽
result-side-right = 오른쪽
result-saved = 저장한 곳: { $path }
result-not-saved = 이번 운동을 저장하지 못했어요: { $reason }
result-more = 그 밖에 { $count }가지

## 잰 값
value-deg = { $value }°
value-s = { $value }초
value-ratio = { $value } %
value-plain = { $value }
value-m = { $value } cm
fault-value = 측정 { $value }, 기준 { $limit }
fault-value-about = 측정 약 { $value }, 기준 { $limit }
fault-value-refused = 이 방향에서는 정확히 잴 수 없어요

## 화면 품질
quality-reduced = 그래픽 카드를 쓰지 않아 화면을 간단히 보여 드려요

## 문제가 생겼을 때
failure-source = 영상을 열 수 없어요. 카메라나 파일을 확인하고 다시 시도해 주세요.
failure-model = 움직임을 보는 기능을 시작할 수 없어요. "cargo xtask setup"을 실행한 다음 다시 시도해 주세요.
failure-program = 프로그램 안에서 문제가 생겼어요. 다시 시도해 주세요.
failure-kept = 그때까지 하신 운동은 남아 있어요.
