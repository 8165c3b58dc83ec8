# 운동 사이에 나오는 화면들.

flow-step = { $of }단계 중 { $step }단계
flow-begin = 시작하기
flow-next = 다음
flow-back = 뒤로
flow-leave = 오늘은 여기까지
flow-finish = 마치기
flow-less = 줄이기
flow-more = 늘리기

flow-welcome = 바로에 오신 것을 환영해요
flow-welcome-sentence = 움직임을 보고 알려 주는 코치와 함께 집에서 운동하세요. 먼저 언어를 골라 주세요.
flow-who = 오늘은 누가 운동하나요?
flow-nameless = 이름을 적지 않으신 분
flow-new-person = 처음이에요
flow-someone-else = 다른 분이 운동해요

flow-profile = 어떤 분인지 알려 주세요
flow-profile-sentence = 운동에 필요한 것만 여쭤봐요. 이 컴퓨터에만 저장돼요.
flow-profile-name = 어떻게 불러 드릴까요?
flow-profile-body = 화면에서 나를 대신할 모습을 골라 주세요
flow-profile-seated = 앉아서 운동할게요
flow-profile-seated-note = 의자에 앉아서 하는 운동만 골라 드려요.

flow-consent = 동의해 주실 내용
flow-consent-sentence = 나중에 설정에서 언제든지 하나씩 바꾸실 수 있어요.
flow-consent-note = 사진이나 영상은 절대 저장하지 않아요.
flow-consent-needed = 카메라와 운동 일지에 동의하셔야 코치가 도와드릴 수 있어요.
flow-agree = 동의해요

flow-question = { $of }개 중 { $at }번째 질문
flow-question-back = 이전 질문으로
flow-doctor = 먼저 의사와 상담해 주세요
flow-doctor-note = 답하신 내용은 이 컴퓨터에만 남아요. 의사나 치료사가 운동해도 괜찮다고 하면 여기서 이어서 하실 수 있어요.
flow-doctor-cleared = 의사가 운동해도 된다고 했어요

flow-goals = 어디를 운동하고 싶으세요?
flow-goals-sentence = 하나 이상 골라 주세요.
flow-goals-reach = 무엇이 나아지면 좋으시겠어요?
flow-goals-equipment = 집에 어떤 물건이 있으세요?
flow-goals-conditions = 해당하는 것이 있으신가요?
flow-goals-when = 얼마나 자주, 얼마나 오래 할까요?
flow-days-name = 횟수
flow-days = 일주일에 { $days }일
flow-minutes-name = 시간
flow-minutes = 하루 { $minutes }분

flow-greeting = { $name ->
    [none] 안녕하세요
   *[other] { $name } 님, 안녕하세요
}
flow-today-plan = { $name }, 약 { $minutes }분
flow-today-nothing = 오늘은 할 운동이 없어요. 운동 목록을 둘러보셔도 좋아요.
flow-today-done = 오늘 운동을 마쳤어요. 잘하셨어요!
flow-today-again = 다시 하기
flow-plan-assigned = 치료사가 정해 준 운동
flow-own-plan = 내 운동 계획으로
flow-library = 운동 목록
flow-history = 기록
flow-settings = 설정
flow-left-out = 오늘 뺀 운동: { $name }. { $why }

flow-dose-reps = { $sets ->
    [1] { $reps }번
   *[other] { $reps }번씩 { $sets }세트
}
flow-dose-hold = { $sets ->
    [1] { $seconds }초씩 { $reps }번 버티기
   *[other] { $seconds }초씩 { $reps }번 버티기, { $sets }세트
}
flow-dose-paced = { $minutes }분
flow-dose-side = { $side ->
    [left] , 왼쪽
   *[right] , 오른쪽
}
flow-dose-load = , { $load } kg

flow-pain-name = 통증
flow-effort-name = 힘든 정도
flow-pain-sentence = 0은 통증 없음, 10은 상상할 수 있는 가장 심한 통증이에요.
flow-set-check = 어떠셨어요?
flow-set-done = { $asked }번 중 { $done }번 했어요
flow-set-score = { $done } · { $score }점

flow-rest-today = 오늘은 쉬세요
flow-symptoms = 어디가 불편하세요?
flow-symptoms-sentence = 움직임을 멈추고, 앉으실 수 있으면 앉으세요.
flow-symptoms-none = 해당하는 것이 없어요
flow-to-summary = 오늘 한 운동 보기
flow-kept = 하신 운동은 모두 저장했어요.
flow-not-kept = 아직 저장하지 못한 것이 있어요. 저장 공간이 가득 찼나요? 계속 다시 해 볼게요.
flow-next-time = 다음에는
flow-summary-done = { $name ->
    [none] 잘하셨어요!
   *[other] { $name } 님, 잘하셨어요!
}
flow-summary-stopped = 잘 멈추셨어요
flow-summary-sentence = { $sets ->
    [0] 이번에는 하신 운동이 없어요.
   *[other] { $minutes }분 동안 { $sets }세트를 했어요.
}
flow-score = { $score }점
flow-unwatched = 카메라 없이 함

flow-unlock = 암호를 입력해 주세요
flow-unlock-sentence = 기록이 암호로 잠겨 있어요. 한 번 열면 바로를 닫을 때까지 열려 있어요.
flow-unlock-field = 암호
flow-unlock-show = 입력하는 글자 보기
flow-unlock-open = 열기
flow-unlock-without = 암호 없이 운동하기
flow-unlock-without-note = 암호 없이도 운동할 수 있어요. 다만 오늘 움직임은 남지 않고, 병원에도 보내지 않아요.
flow-unlock-wrong = 암호가 달라요. 대문자와 한/영 키를 확인하고 다시 입력해 주세요.
flow-unlock-failed = 잠금 파일을 읽을 수 없어요. 운동은 하실 수 있고, 기록은 그대로 있어요.
flow-unlock-busy = 잠시만 기다려 주세요.
