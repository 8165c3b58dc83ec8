# 운동 앞뒤와 운동하는 동안의 화면에 보이는 글, 한국어. 말투는 해요체로 통일합니다.

## 단추
button-wrong = 몸이 불편해요
button-back = 뒤로
button-skip = 이 운동 건너뛰기
button-easier = 더 쉽게
button-harder = 더 어렵게
button-explain-again = 설명 다시 듣기
button-stop-today = 오늘은 그만하기

## 운동하는 동안
hud-set = { $of }세트 중 { $set }세트
hud-of = 목표 { $of }회
hud-of-seconds = 목표 { $of }초
hud-hold = 버티기
hud-hold-number = { $of }번 중 { $hold }번째
hud-said-hold = { $of }초 중 { $held }초 버텼어요
hud-pace = 호흡
hud-breaths = { $count }번
hud-left = { $time } 남음
hud-test = 검사
hud-test-waits = 움직이시면 시간을 재기 시작해요
hud-count-of = { $of }회 중 { $count }회
hud-tempo = 속도: 가면서 { $out }초, 머무르기 { $peak }초, 돌아오면서 { $back }초, 쉬기 { $rest }초
hud-why = { $score }점 · 이유 보기
hud-why-close = { $score }점 · 닫기
hud-why-title = 방금 하신 동작
hud-why-none = 한 번 끝까지 하시면 알려 드릴게요.
hud-part-range = 움직인 크기
hud-part-form = 자세
hud-part-tempo = 빠르기
hud-part-stability = 안정감
hud-part-symmetry = 양쪽 균형

## 잠시 멈춤
paused-kept = 여기서 그만하셔도 지금까지 하신 운동은 남아 있어요.

## 쉬는 시간
rest-title = 잠깐 쉬어요
rest-over = 이어서 해 볼까요?
rest-next = 다음: { $exercise }, { $of }세트 중 { $set }세트
rest-go = 바로 시작하기
rest-tip = 편하게 숨 쉬면서 팔다리를 가볍게 털어 주세요.

## 운동하기 전에
explain-place = { $of }가지 운동 중 { $place }번째
explain-start = 준비됐어요
explain-front = 카메라를 마주 봐 주세요
explain-side = 카메라에 옆모습을 보여 주세요
explain-things = 준비물: { $things }
dose-sets = { $sets }세트
dose-holds = { $count ->
    [1] { $seconds }초 버티기
   *[other] { $seconds }초씩 { $count }번 버티기
}
dose-minutes = { $minutes }분
result-reps-asked = { $count }회

## 준비
setup-begin = 시작하기
setup-camera = 다른 카메라

failure-done-unseen = 카메라 없이 했어요

## 든 손
hands-walk = 왼손을 들면 다음으로 가고, 오른손을 들면 골라요.
