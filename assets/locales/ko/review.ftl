# 치료사가 보는 것: 살펴볼 까닭, 한 세트, 설문. 전문가에게 쓰는 말이라 정확하고 짧게, 탓하지 않게 씁니다.

## 얼마나 급한지
review-strength-low = 참고
review-strength-medium = 곧
review-strength-high = 오늘
review-strength-urgent = 지금

## 살펴볼 까닭
review-reason-asks-for-safety = { $measure }: { $day }에 죽음이나 자해를 생각한다고 답했어요. 지금 이야기를 나눠 주세요.
review-reason-red-flags = { $day }에 알린 위험 신호: { $flag }{ $more ->
    [0] {""}
   *[other] {" "}외 { $more }가지
}. 확인할 때까지 운동이 막혀 있어요.
review-reason-symptom = { $day }에 알린 중단 증상: { $symptom }. 확인할 때까지 운동이 막혀 있어요.
review-reason-stopped-by-rule = { $times ->
    [one] { $day }에 안전 규칙이 운동을 멈췄어요.
   *[other] 안전 규칙이 운동을 { $times }번 멈췄어요. 마지막은 { $day }이에요.
}
review-reason-pain-rise = 운동 전 통증이 10점 중 { $to }점이에요. 평소에는 { $from }점이에요.
review-reason-range-lost = { $exercise }, { $movement }({ $side }): { $to } ± { $to-error }, 전에는 { $from } ± { $from-error }. 최근 두 번 모두 측정 오차보다 크게 줄었어요.
review-reason-score-fall = { $exercise }: 점수 { $to }점, 전에는 { $from }점. 최근 두 번 모두 떨어졌어요. { $part }
review-reason-measure-worse = { $measure }: { $to }점, 전에는 { $from }점. 의미 있는 변화예요.
review-reason-adherence = 최근 { $days }일 동안 계획한 { $planned }일 중 { $done }일 운동했어요(그 전 { $days }일에는 { $before }일).
review-reason-message = 답하지 않은 메시지 { $count }개{ $days ->
    [0] , 오늘 왔어요
   *[other] , { $days }일 지났어요
}.
review-reason-quiet = { $days }일째 운동하지 않았어요.

## 위험 신호 이름
review-flag-major-trauma = 큰 사고
review-flag-minor-trauma-weak-bone = 뼈가 약하거나 스테로이드를 쓰면서 가볍게 넘어지거나 부딪힘
review-flag-cancer-history = 암(현재 또는 과거)
review-flag-weight-loss = 이유 없는 체중 감소
review-flag-fever = 열이나 감염
review-flag-night-pain = 어떤 자세로도 가시지 않는 밤 통증
review-flag-saddle-numbness = 회음부 감각 저하
review-flag-bladder-bowel = 새로 생긴 대소변 문제
review-flag-progressive-weakness = 점점 심해지는 근력 저하

## 점수를 이루는 것
review-part-range = 범위
review-part-form = 자세
review-part-tempo = 속도
review-part-stability = 안정성
review-part-symmetry = 대칭

## 점수와 함께 가장 많이 떨어진 것
review-fell-range = 주로 범위가 줄었어요.
review-fell-form = 주로 자세가 흐트러졌어요.
review-fell-tempo = 주로 속도가 맞지 않았어요.
review-fell-stability = 주로 안정성이 떨어졌어요.
review-fell-symmetry = 주로 대칭이 떨어졌어요.
review-fell-none = {""}

## 한 세트
review-worst-lost = 점수를 가장 많이 잃음
review-worst-partial = 시작했지만 끝까지 하지 못함
review-gap-paused = 일시 정지
review-gap-camera = 카메라가 끊김
review-agrees-whole = 집에서 매긴 점수가 그대로 다시 나와요.
review-agrees-broken-off = 기록이 중간에 끊겼지만, 남은 데까지는 점수가 그대로 다시 나와요.
review-agrees-differs = 집에서 매긴 점수와 달라요. 다른 버전의 바로가 매겼거나 기록이 바뀌었어요. 지금 버전의 점수를 보여 드려요.
review-claim-firm = 측정함
review-claim-cautious = 주의해서 볼 측정값
review-claim-refused = 이 방향에서는 알 수 없음
review-norm-people = 이름 없는 { $people }명: 중앙값과 가운데 절반
review-norm-few = 비교 기준을 만들려면 5명 이상이 필요해요. 지금은 { $people }명이에요.

## 설문
review-band-minimal = 거의 없음
review-band-mild = 가벼움
review-band-moderate = 중간
review-band-moderately-severe = 약간 심함
review-band-severe = 심함
