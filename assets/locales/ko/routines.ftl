# 운동 묶음의 이름. `.about`은 무엇을 위한 것인지 알려 줘요.

routine-desk-and-neck = 목과 어깨
    .about = 오래 앉아 있은 뒤 목과 어깨를 풀고 튼튼하게 해요.
routine-low-back = 허리
    .about = 아픈 허리를 다시 튼튼하고 부드럽게 해요. 바닥에서 시작해요.
routine-knee = 무릎
    .about = 무릎을 잘 받쳐 주도록 다리를 길러요. 일주일에 두 번 해요.
routine-shoulder = 어깨
    .about = 아픈 어깨의 힘과 움직임을 되찾아요.
routine-seated = 의자에 앉아서
    .about = 앉은 채로 온몸을 움직여요.
routine-balance-older = 균형 잡기
    .about = 균형과 다리 힘을 길러요. 붙잡을 수 있는 튼튼한 것 옆에서 하세요.
routine-warm-up = 준비운동
    .about = 운동하기 전에 몸을 데워요.
routine-relaxation = 이완
    .about = 가벼운 움직임과 느린 호흡으로 몸과 마음을 쉬게 해요.
routine-functional-check = 힘과 균형 확인
    .about = 짧은 검사 세 가지예요. 4주 뒤에 다시 해서 얼마나 나아졌는지 보세요.
routine-first-look = 처음 둘러보기
    .about = 가벼운 운동 두 가지로 코치가 어떻게 돕는지 살펴봐요.
