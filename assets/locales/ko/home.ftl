# 집에서 하는 운동: 누가, 무엇에 동의했는지, 오늘의 계획, 진행하면서 하는 말, 기록에서 알려 드리는 것.
# 쉬운 말로 짧게, 해요체로 씁니다.

## 이루고 싶은 것
home-goal-less-pain = 덜 아프고 싶어요
home-goal-move-freely = 더 편하게 움직이고 싶어요
home-goal-get-stronger = 힘을 기르고 싶어요
home-goal-steady-on-feet = 넘어지지 않고 잘 서고 걷고 싶어요
home-goal-daily-tasks = 하루 생활이 더 수월하면 좋겠어요
home-goal-relax = 긴장을 풀고 싶어요

## 화면에 나오는 몸
home-body-woman = 여자
home-body-man = 남자
home-body-mannequin = 나무 인형

## 목적별 동의. 뜻이 바뀌면 판을 올려야 해요 (CONSENT_TEXT).
home-consent-camera = 카메라로 운동하는 모습을 봐도 돼요
    .why = 바로는 움직임을 재요. 영상은 이 기기 안에서만 쓰고 저장하지 않아요. 꼭 필요해요.
home-consent-diary = 내 대답과 한 운동을 적어 둬도 돼요
    .why = 운동 계획과 안전 확인에 필요해요. 병원과 연결하지 않으면 이 기기에만 있어요. 꼭 필요해요.
home-consent-movements = 측정한 움직임을 남겨 둬도 돼요
    .why = 나중에 움직임을 다시 볼 수 있어요. 영상 없이 몸의 점만 남겨요. 선택이에요.
home-consent-crash-reports = 프로그램이 멈추면 보고서를 남겨도 돼요
    .why = 문제를 찾는 데 도움이 돼요. 이름과 움직임 없이 이 기기에만 남아요. 선택이에요.
home-consent-clinic = 운동 일지와 움직임을 병원에 보내도 돼요
    .why = 병원 서버에 안전하게 보관해요. 따로 동의하지 않으시면 아무도 볼 수 없어요. 영상은 보내지 않아요.
home-consent-therapist = 치료사가 운동 일지를 읽고 나에게 글을 써도 돼요
    .why = 치료사가 한 운동과 통증, 대답을 보고 계획을 바꿀 수 있어요.
home-consent-therapist-movements = 치료사가 내 움직임을 봐도 돼요
    .why = 측정한 몸의 점이 움직이는 것만 보여요. 영상은 없어요.
home-consent-class = 다른 분들과 함께 운동할래요
    .why = 반을 이끄는 분이 내 운동과 도움이 필요한 때를 보고 글을 쓸 수 있어요. 다른 분들은 내가 보여 주는 것만 봐요.

## 오늘 계획에서 빠진 까닭
home-left-out-condition = 알려 주신 건강 상태 때문에 뺐어요
home-left-out-position = 서거나 바닥에서 하는 운동이라 뺐어요
home-left-out-equipment = 필요한 물건이 없어서 뺐어요
home-left-out-time = 오늘 운동할 시간이 모자라서 뺐어요
home-left-out-unknown = 이 버전의 바로에 없는 운동이라 뺐어요

## 진행하면서 하는 말
home-say-welcome = 바로에 오신 것을 환영해요. 오늘은 어느 분이 운동하시나요?
home-say-profile = 어떤 분인지 조금만 알려 주세요.
home-say-consent = 시작하기 전에, 바로가 무엇을 해도 되는지 골라 주세요.
home-say-consent-needed = 카메라와 운동 일지가 없으면 바로가 도와드릴 수 없어요.
home-say-screening = 건강에 대해 몇 가지 여쭤볼게요. 예 또는 아니요로 답해 주세요.
home-say-see-doctor = 먼저 의사와 상담해 주세요. 운동 계획은 기다리고 있을게요.
home-say-goals = 무엇을 이루고 싶으신가요?
home-say-today = 오늘의 계획이에요.
home-say-explain = 먼저 동작을 봐 주세요. 천천히 보셔도 돼요.
home-say-set-up = 온몸이 보이도록 뒤로 물러나 주세요.
home-say-i-see-you = 잘 보여요. 시작할게요.
home-say-not-seen = 모습이 보이지 않아요. 화면 안으로 들어와 주세요.
home-say-left = 이번에는 왼쪽이에요.
home-say-right = 이번에는 오른쪽이에요.
home-say-set-done = 잘하셨어요. 이번 세트가 끝났어요.
home-say-set-check = 어떠셨어요? 통증과 힘든 정도를 알려 주세요.
home-say-rest = 잠시 쉬세요.
home-say-paused = 기다릴게요. 준비되시면 이어서 해요.
home-say-paused-unseen = 한동안 모습이 보이지 않아서 잠시 멈췄어요.
home-say-resumed = 이어서 할게요.
home-say-easier = 조금 더 쉽게 할게요.
home-say-harder = 조금 더 어렵게 할게요.
home-say-no-easier = 더 쉬운 동작이 없어요. 이 운동은 건너뛰셔도 돼요.
home-say-no-harder = 오늘은 여기까지가 가장 어려운 단계예요.
home-say-symptoms = 이 가운데 해당하는 것이 있나요?
home-say-summary = 오늘 운동은 여기까지예요. 하신 것을 보여 드릴게요.
home-pain-morning-after = 지난번에 운동한 다음 날 아침에는 얼마나 아프셨어요?

## 추세
home-trend-not-yet = 아직 달라졌다고 할 수 없어요
home-trend-more = 처음보다 늘었어요
home-trend-less = 처음보다 줄었어요
home-trend-pain-more = 처음보다 더 아파요
home-trend-pain-less = 처음보다 덜 아파요
home-trend-why = 재는 오차보다 차이가 클 때만 달라졌다고 말씀드려요.
home-weeks-in-a-row = { $weeks ->
    [0] 언제 시작해도 좋아요.
    [1] 이번 주에 운동하셨어요.
   *[other] { $weeks }주 동안 꾸준히 운동하셨어요.
}
home-adherence = 이번 주 { $planned }일 가운데 { $done }일

## 내보내기와 지우기
home-export-done = 파일 { $files }개를 { $folder }에 두었어요.
home-delete-ask = 이 기기에 있는 내 대답, 운동 일지, 움직임을 모두 지워요. 되돌릴 수 없어요.
home-delete-done = 파일 { $files }개를 지웠어요. 바로에 남은 내 정보가 없어요.

## 문제가 생겼을 때
home-fault-disk-full = 저장 공간이 가득 찼어요. 자리를 비워 주세요. 하신 것은 기억해 두고 다시 저장해 볼게요.
home-fault-not-saved = 지금은 저장할 수 없어요. 하신 것은 기억해 두고 다시 저장해 볼게요.
home-fault-not-read = 읽을 수 없는 파일이 있어요. 계속하실 수 있지만 빠진 것이 있을 수 있어요.
home-fault-in-use = 바로가 이미 열려 있어요. 다른 창을 먼저 닫아 주세요.
home-fault-assets = 빠진 운동이 있어요. 바로를 다시 설치해 주세요.
home-notice-settings = 설정을 읽을 수 없어서 처음 상태로 돌렸어요. 예전 파일은 남겨 두었어요.
home-notice-settings-fields = 읽을 수 없는 설정은 처음 상태로 돌렸어요. 예전 파일은 남겨 두었어요.
home-notice-person = 알려 주신 정보를 읽을 수 없어요. 다시 알려 주세요. 예전 파일은 남겨 두었어요.
home-notice-torn = 쓰는 도중에 바로가 닫혔어요. 운동 일지의 마지막 줄이 빠졌을 수 있어요.
home-notice-lines = 운동 일지에서 읽을 수 없는 부분은 뺐어요. 파일에는 그대로 있어요.
home-notice-plan = 치료사의 계획을 읽을 수 없어요. 다시 받아 주세요. 그때까지는 계획이 없어요.
home-notice-clock = 기기의 시계가 뒤로 맞춰졌어요. 날짜를 확인해 주세요.
