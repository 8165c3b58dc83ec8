# 안전: 시작하기 전의 질문, 통증과 힘든 정도, 멈춰야 할 때, 계획이 바뀌는 까닭.
# 쉬운 말로 짧게 씁니다. 진단이 아닙니다.

safety-flags-title = 시작하기 전에 건강에 대해 몇 가지 여쭤볼게요
safety-flags-why = 하나라도 해당하면 운동하기 전에 의사와 상담해 주세요.
safety-flag-major-trauma = 최근에 교통사고를 당하거나 높은 곳에서 떨어지는 등 크게 다친 적이 있나요?
safety-flag-minor-trauma-weak-bone = 뼈가 약하거나 스테로이드 약을 드시면서, 최근에 넘어지거나 부딪힌 적이 있나요?
safety-flag-cancer-history = 지금 암이 있거나 예전에 암을 앓은 적이 있나요?
safety-flag-weight-loss = 일부러 빼지 않았는데 몸무게가 줄었나요?
safety-flag-fever = 열이 나거나 몸살 기운이 있거나 감염병에 걸렸나요?
safety-flag-night-pain = 아파서 밤에 깨고, 어떻게 누워도 통증이 그대로인가요?
safety-flag-saddle-numbness = 다리 사이나 엉덩이 쪽의 감각이 둔한가요?
safety-flag-bladder-bowel = 최근 들어 소변이 잘 나오지 않거나, 대소변을 참기 어려워졌나요?
safety-flag-progressive-weakness = 팔이나 다리의 힘이 점점 약해지고 있나요?
safety-answer-yes = 예
safety-answer-no = 아니요

safety-due-first = 첫 계획을 세우기 전에 여쭤보는 질문이에요.
safety-due-changed = 달라진 점이 있어서 다시 여쭤볼게요.
safety-due-pain-rose = 통증이 { $from }점에서 { $to }점으로 올라서 다시 여쭤볼게요.
safety-due-long-break = { $days }일 동안 쉬셔서 다시 여쭤볼게요.

safety-news-title = 달라진 점이 있나요?
safety-news-new-symptom = 전에 없던 증상이 생겼어요
safety-news-accident = 사고를 당했거나 넘어졌어요
safety-news-illness-or-operation = 아팠거나 수술을 받았어요
safety-news-new-medicine = 새로운 약을 먹고 있어요
safety-news-stopped-session = 지난번에 운동을 중간에 멈췄어요

safety-advice-doctor = 계속하기 전에 의사와 상담해 주세요. 그때까지 운동 계획은 멈춰 둘게요.
safety-advice-now = 지금 바로 멈추고 도움을 받으세요. 119에 전화하거나 응급실로 가세요.
safety-advice-told = 담당 치료사에게 알렸어요.

safety-symptoms-title = 이런 증상이 있으면 바로 멈추세요
safety-symptom-chest-pain = 가슴이 아프거나 답답해요
safety-symptom-dizziness = 어지럽거나 쓰러질 것 같아요
safety-symptom-new-numbness = 갑자기 저리거나 감각이 둔해요
safety-symptom-new-weakness = 갑자기 힘이 빠져요
safety-symptom-saddle-numbness = 다리 사이의 감각이 둔해요
safety-symptom-bladder-bowel = 대소변을 참을 수 없어요
safety-symptom-fall = 넘어졌어요
safety-symptom-joint-locks = 관절이 걸려서 움직이지 않아요
safety-symptom-joint-gives-way = 관절이 갑자기 꺾여요

safety-pain-before = 지금 얼마나 아픈가요?
safety-pain-after-set = 이번 세트를 마치고 얼마나 아픈가요?
safety-pain-next-morning = 오늘 아침에는 얼마나 아팠나요?
safety-pain-0 = 전혀 아프지 않아요
safety-pain-10 = 상상할 수 있는 가장 심한 통증이에요
safety-effort-after-set = 이번 세트는 얼마나 힘들었나요?
safety-effort-0 = 전혀 힘들지 않아요
safety-effort-1 = 아주 쉬워요
safety-effort-2 = 쉬워요
safety-effort-3 = 보통이에요
safety-effort-4 = 조금 힘들어요
safety-effort-5 = 힘들어요
safety-effort-6 = 꽤 힘들어요
safety-effort-7 = 아주 힘들어요
safety-effort-8 = 몹시 힘들어요
safety-effort-9 = 거의 한계예요
safety-effort-10 = 더는 할 수 없을 만큼 힘들어요

safety-before-go-on = 계획대로 시작해도 좋아요.
safety-before-easier = 오늘은 조금 가볍게 시작해요.
safety-before-rest-today = 오늘은 쉬세요. 내일 다시 확인해요.
safety-before-blocked = 의사나 치료사가 괜찮다고 할 때까지 운동하지 마세요.
safety-verdict-go-on = 계획대로 계속해요.
safety-verdict-watch = 계속해도 좋아요. 내일 아침에 통증을 다시 여쭤볼게요.
safety-verdict-easier = 다음 세트는 조금 줄여서 해요.
safety-verdict-stop-exercise = 이 운동은 오늘 여기까지 해요.
safety-verdict-stop-session = 오늘은 여기서 멈춰요.

safety-rule-symptom = 위험할 수 있는 증상이 있었어요.
safety-rule-pain-severe = 통증이 10점 중 { $pain }점이에요. 심한 통증이에요.
safety-rule-pain-above = 통증이 10점 중 { $pain }점이에요. { $limit }점까지는 괜찮아요.
safety-rule-pain-rose = 통증이 { $from }점에서 { $to }점으로 올랐어요.
safety-rule-pain-to-watch = 통증이 10점 중 { $pain }점이에요. 내일 아침까지 가라앉으면 괜찮아요.
safety-rule-pain-not-settled = 통증이 { $from }점에서 다음 날 아침 { $to }점으로 올랐어요.
safety-rule-effort-near-limit = 힘든 정도가 10점 중 { $rpe }점이에요. 거의 한계예요.
safety-rule-effort-above = 힘든 정도가 10점 중 { $rpe }점이에요. { $target }점 정도가 알맞아요.

safety-change-blocked = 지금은 운동하지 마세요.
safety-change-pause = 이 운동은 당분간 쉬어요.
safety-change-less = 다음에는 조금 줄여서 해요.
safety-change-easier = 다음에는 더 쉬운 운동을 해요.
safety-change-same = 다음에도 똑같이 해요.
safety-change-more = 다음에는 조금 더 해요.
safety-change-harder = 다음에는 더 어려운 운동을 해요.

safety-step-reps = 횟수
safety-step-hold = 버티는 시간
safety-step-minutes = 운동 시간
safety-step-sets = 세트 수
safety-step-load = 무게
safety-step-variant = 운동

safety-reason-red-flag = 건강 질문에 ‘예’라고 답하셨어요. 먼저 의사와 상담해 주세요.
safety-reason-questions = 아직 답하지 않은 건강 질문이 있어요.
safety-reason-symptom = 위험할 수 있는 증상이 있었어요. 먼저 의사나 치료사와 상담해 주세요.
safety-reason-forbidden = 치료사가 이 운동은 하지 말라고 했어요.
safety-reason-pain-above = 통증이 10점 중 { $pain }점까지 올랐어요. { $limit }점까지는 괜찮아요.
safety-reason-pain-not-settled = 운동 전에는 통증이 { $from }점이었는데 다음 날 아침에 { $to }점이었어요. 조금 더 쉬어야 해요.
safety-reason-pain-morning-unknown = 통증이 10점 중 { $pain }점이었는데, 다음 날 아침에 어땠는지 아직 몰라요.
safety-reason-pain-to-watch = 통증이 10점 중 { $pain }점이었어요. 괜찮지만 천천히 늘려 가요.
safety-reason-pain-unknown = 통증이 어느 정도였는지 답하지 않으셨어요. 알아야 늘릴 수 있어요.
safety-reason-gap = 마지막 운동이 { $days }일 전이에요. 가볍게 다시 시작해요.
safety-reason-too-hard = 힘든 정도가 10점 중 { $rpe }점이었어요. { $target }점 정도가 알맞아요.
safety-reason-poor-score = 점수가 100점 중 { $score }점이었어요. 조금 줄이면 더 잘할 수 있어요.
safety-reason-few-done = 정해진 양의 { $percent }퍼센트를 했어요. 끝까지 할 수 있게 줄여 볼게요.
safety-reason-good-sessions = { $count }번 연속으로 빠짐없이 잘 해내셨어요.
safety-reason-not-yet = 잘 해낸 운동이 연속 { $needed }번 중 { $count }번이에요.
safety-reason-first-session = 첫 운동이에요.
safety-reason-at-top = 이 운동의 가장 높은 단계까지 왔어요. 정말 잘하셨어요!
safety-reason-therapist-limit = 치료사가 정한 한도예요.
safety-reason-therapist-hold = 치료사가 지금 단계를 유지하라고 했어요.
