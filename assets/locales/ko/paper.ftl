# 의무 기록과 의사에게 보내는 한 쪽 보고서. 정확하고 짧게 쓰며, 진단은 하지 않습니다.

paper-title = 가정 운동 경과 보고서
paper-person = 환자
paper-person-by-hand = 성명, 생년월일
paper-period = 기간
paper-from-to = { $from } ~ { $to }
paper-sessions = 운동 횟수
paper-sessions-of = { $count }회
paper-day = { $year }. { $month }. { $day }.
paper-short-day = { $month }/{ $day }

paper-brief = 요약
paper-adherence = 계획한 { $planned }일 중 { $done }일 운동함({ $percent } %).
paper-adherence-no-plan = { $done }일 운동함. 비교할 계획은 없음.
paper-brief-pain = 운동 전 통증(0~10): 처음 { $from }, 마지막 { $to }. { $verdict }({ $least }점 이상부터 변화로 봄).
paper-brief-ranges = 관절 가동 범위: { $all }개 중 { $changed }개가 측정 오차보다 크게 변함.
paper-brief-events = 주의가 필요했던 일 { $count }건, 확인 표시가 없는 것 { $open }건.
paper-no-events = 중단 증상, 위험 신호, 안전 규칙에 따른 중단 없음.

paper-over-time = 변화 추이
paper-pain = 운동 전 통증(0~10)
paper-weeks = 주당 운동 일수(옅은 색: 계획)
paper-score-of = { $exercise }: 점수(0~100)
paper-range-of = { $exercise }: { $movement }
paper-chart = { $from } → { $to }: { $verdict }

paper-ranges = 관절 가동 범위
paper-exercise = 운동
paper-movement = 움직임
paper-first = 처음
paper-last = 마지막
paper-difference = 차이
paper-verdict = 변화
paper-side = { $movement }({ $side })
paper-value-error = { $value } ± { $error }
paper-value-on = { $value } ({ $day })
paper-more-than-before = 변화: 증가
paper-less-than-before = 변화: 감소
paper-pain-more = 변화: 통증 증가
paper-pain-less = 변화: 통증 감소
paper-better = 변화: 호전
paper-worse = 변화: 악화
paper-not-yet = 변화라 할 수 없음
paper-once = 한 번 측정
paper-no-least = 합의된 기준 없음

paper-scores = 점수(0~100)와 검사
paper-test = { $exercise } (검사)
paper-measures = 설문
paper-measure = 설문
paper-with-band = { $value }, { $band }
paper-least = 의미 있는 차이
paper-asked-for-safety = { $day } 안전 확인이 필요한 응답이 있었음(죽음 또는 자해에 대한 생각).

paper-plan = 운동 계획
paper-dose = 운동량
paper-how-often = 빈도
paper-days-a-week = 주 { $days }일
paper-dose-sets = { $reps }회 × { $sets }세트
paper-dose-minutes = { $minutes }분
paper-dose-hold = { $seconds }초 유지
paper-dose-load = { $load } kg
paper-plan-since = { $day }부터.
paper-plan-why = { $since } { $why }

paper-events = 안전
paper-day-column = 날짜
paper-event = 내용
paper-state = 상태
paper-cleared = 확인함
paper-open = 미확인
paper-event-symptom = 중단 증상: “{ $symptom }”
paper-event-flags = 위험 신호: { $flags }
paper-event-pain-before = 운동 전 통증 10점 중 { $pain }점: 운동하지 않음
paper-event-after-set = { $exercise }: 운동 중단, 통증 10점 중 { $pain }점

paper-sure = 측정의 신뢰도
paper-seen = 카메라로 본 세트 { $camera }개, 카메라 없이 환자가 알린 세트 { $told }개.
paper-claims = 측정한 범위 중 { $firm } %는 오차와 함께 제시할 수 있고, { $cautious } %는 주의해서 보아야 하며, { $refused } %는 그 방향에서 알 수 없어 이 보고서의 어떤 수치에도 넣지 않음.
paper-usual-error = 각도의 일반적인 오차는 ± { $error }.

paper-more = 지면이 부족하여 { $count }개를 생략함.
paper-errors = ± 범위에는 100번 중 95번 참값이 들어 있음. 차이가 두 값의 오차를 합한 것보다 클 때(최소 감지 변화)만 변화로 표시하며, 통증은 2점부터, 설문은 최소 중요 변화부터 변화로 봄.
paper-no-diagnosis = 가정에서 감독 없이 일반 카메라 한 대로 바로(Baro)가 측정함. 전문가의 판단을 돕는 자료이며 진단이 아님.
paper-by = { $day } { $by } 작성(바로 사용).

# 보고서를 만드는 화면

web-report = 경과 보고서
web-report-help = 이 환자의 경과를 한 쪽(A4)으로 정리합니다. 관절 가동 범위와 오차, 통증, 실천율, 점수, 설문, 운동 계획, 안전 사항이 들어갑니다.
web-report-from = 시작일
web-report-to = 종료일
web-report-show = 이 기간 보기
web-report-period = { $from } ~ { $to }
web-report-sessions = { $days }일에 걸쳐 { $sessions }회 운동했습니다.
web-report-pdf-en = 영어 PDF
web-report-pdf-ko = 한국어 PDF
web-report-fhir = 같은 수치를 FHIR(R4)로 받기(PDF 포함)
web-report-hand-over = 건강 정보는 있지만 이름은 없습니다. 성명은 비워 둔 칸에 손으로 적어 주세요. 다른 의무 기록과 같은 방법으로 전달하세요.
web-report-by = { $role } { $id }
web-period-wrong = 시작일은 종료일보다 늦을 수 없고, 기간은 3년 이하여야 합니다.
