# 운동 이름.

exercise-squat = 스쿼트
exercise-deep-squat = 팔 들고 깊은 스쿼트
exercise-full-shoulder-abduction = 팔 옆으로 끝까지 들기
exercise-shoulder-abduction = 팔 옆으로 들기
exercise-unknown = 운동

# 목
exercise-neck-rotation = 고개 좌우로 돌리기
exercise-neck-side-bend = 고개 옆으로 기울이기
exercise-neck-side-stretch = 옆목 늘이기
exercise-neck-flexion = 고개 숙이기
exercise-chin-retraction = 턱 당기기

# 어깨와 팔
exercise-shoulder-flexion = 팔 앞으로 들기
exercise-overhead-reach = 두 팔 머리 위로 뻗기
exercise-seated-arm-raise = 앉아서 팔 옆으로 들기
exercise-w-raise = W자로 팔 들기
exercise-y-raise = Y자로 팔 들기
exercise-elbow-flexion = 팔꿈치 굽히기
exercise-shoulder-shrug = 어깨 으쓱하기
exercise-chest-opener = 가슴 펴기

# 등과 허리
exercise-trunk-side-bend = 서서 옆으로 기울이기
exercise-seated-side-bend = 앉아서 옆으로 기울이기
exercise-seated-trunk-rotation = 앉아서 몸통 돌리기
exercise-standing-back-extension = 서서 허리 젖히기
exercise-seated-back-extension = 앉아서 등 젖히기

# 준비운동
exercise-jumping-jack-step = 옆걸음 팔벌리기

# 호흡과 이완
exercise-paced-breathing = 박자에 맞춘 호흡
exercise-easy-breathing = 편안한 호흡
exercise-muscle-relaxation = 근육 이완

# 다리와 엉덩이
exercise-mini-squat = 미니 스쿼트
exercise-wall-sit = 벽에 기대 앉아 버티기
exercise-hip-hinge = 엉덩이 뒤로 빼며 숙이기
exercise-step-up = 발판 오르기
exercise-standing-knee-bend = 서서 무릎 뒤로 굽히기
exercise-standing-hip-abduction = 서서 다리 옆으로 들기
exercise-standing-hip-extension = 서서 다리 뒤로 들기
exercise-standing-march = 제자리 걷기
exercise-seated-knee-extension = 앉아서 무릎 펴기
exercise-seated-march = 앉아서 제자리 걷기

# 발
exercise-heel-raise = 발꿈치 들기
exercise-toe-raise = 발끝 들기
exercise-seated-ankle-pump = 앉아서 발목 움직이기

# 균형
exercise-weight-shift = 좌우로 체중 옮기기
exercise-tandem-stance = 두 발 한 줄로 서기
exercise-single-leg-stance = 한 발 서기

# 바닥에서
exercise-bridge = 엉덩이 들기(브리지)
exercise-supine-leg-raise = 누워서 다리 들기
exercise-curl-up = 누워서 머리와 어깨 들기
exercise-bird-dog = 네발 자세로 팔다리 뻗기
exercise-side-bridge = 옆으로 누워 버티기
exercise-press-up-back-extension = 엎드려 가슴 들기

# 검사
exercise-chair-stand-30s = 30초 앉았다 일어서기
exercise-five-times-sit-to-stand = 다섯 번 앉았다 일어서기
exercise-single-leg-stance-test = 한 발 서기 검사

# 단계마다 할 일을 그 운동의 말로. 3 m 떨어져서도 읽히게 짧게 씁니다.
phase-neck-rotation-rest = 바르게 앉으세요. 준비되시면 고개를 돌려 주세요
phase-neck-rotation-out = 고개를 천천히 돌려 주세요
phase-neck-rotation-peak = 좋아요! 이제 돌아와 주세요
phase-neck-rotation-return = 천천히 가운데로 돌아와 주세요
phase-neck-side-bend-rest = 바르게 앉으세요. 준비되시면 고개를 옆으로 기울여 주세요
phase-neck-side-bend-out = 귀를 어깨 쪽으로 천천히 기울여 주세요
phase-neck-side-bend-peak = 좋아요! 이제 머리를 세워 주세요
phase-neck-side-bend-return = 천천히 가운데로 돌아와 주세요
phase-neck-side-stretch-rest = 바르게 앉으세요. 고개를 옆으로 기울이고 그대로 있어 주세요
phase-neck-side-stretch-out = 귀를 어깨 쪽으로 천천히 기울여 주세요
phase-neck-side-stretch-peak = 그대로 편하게 숨을 쉬어 주세요
phase-neck-side-stretch-return = 천천히 가운데로 돌아와 주세요
phase-neck-flexion-rest = 카메라에 옆모습이 보이게 바르게 앉으세요
phase-neck-flexion-out = 턱을 가슴 쪽으로 천천히 당겨 주세요
phase-neck-flexion-peak = 좋아요! 이제 머리를 들어 주세요
phase-neck-flexion-return = 천천히 머리를 들어 주세요
phase-chin-retraction-rest = 카메라에 옆모습이 보이게 바르게 앉으세요
phase-chin-retraction-out = 턱을 뒤로 똑바로 밀어 넣어 주세요
phase-chin-retraction-peak = 좋아요! 잠시 버틴 뒤 힘을 빼 주세요
phase-chin-retraction-return = 머리를 다시 앞으로 풀어 주세요
phase-shoulder-flexion-rest = 카메라에 옆모습이 보이게 바르게 서세요
phase-shoulder-flexion-out = 팔을 앞으로 들어 주세요
phase-shoulder-flexion-peak = 좋아요! 이제 천천히 내려 주세요
phase-shoulder-flexion-return = 천천히 내려 주세요
phase-overhead-reach-rest = 두 팔을 내리고, 준비되시면 들어 주세요
phase-overhead-reach-out = 두 팔을 머리 위로 들어 주세요
phase-overhead-reach-peak = 좋아요! 이제 천천히 내려 주세요
phase-overhead-reach-return = 천천히 내려 주세요
phase-seated-arm-raise-rest = 바르게 앉으세요. 준비되시면 팔을 들어 주세요
phase-seated-arm-raise-out = 팔을 옆으로 들어 주세요
phase-seated-arm-raise-peak = 좋아요! 이제 천천히 내려 주세요
phase-seated-arm-raise-return = 천천히 내려 주세요
phase-w-raise-rest = 팔꿈치를 옆구리에 붙이고 굽혀 주세요
phase-w-raise-out = 두 팔을 W자로 벌려 올려 주세요
phase-w-raise-peak = 좋아요! 이제 천천히 내려 주세요
phase-w-raise-return = 천천히 내려 주세요
phase-y-raise-rest = 두 팔을 내리고, 준비되시면 들어 주세요
phase-y-raise-out = 두 팔을 Y자로 들어 주세요
phase-y-raise-peak = 좋아요! 이제 천천히 내려 주세요
phase-y-raise-return = 천천히 내려 주세요
phase-elbow-flexion-rest = 카메라에 옆모습이 보이게 바르게 서세요
phase-elbow-flexion-out = 팔꿈치를 굽혀 주세요
phase-elbow-flexion-peak = 좋아요! 이제 천천히 펴 주세요
phase-elbow-flexion-return = 천천히 펴 주세요
phase-shoulder-shrug-rest = 두 팔을 편하게 늘어뜨려 주세요
phase-shoulder-shrug-out = 두 어깨를 귀 쪽으로 올려 주세요
phase-shoulder-shrug-peak = 좋아요! 이제 천천히 내려 주세요
phase-shoulder-shrug-return = 어깨를 천천히 내려 주세요
phase-chest-opener-rest = 등 뒤에서 두 손을 맞잡아 주세요
phase-chest-opener-out = 팔을 편 채로 뒤로 보내 주세요
phase-chest-opener-peak = 그대로 편하게 숨을 쉬어 주세요
phase-chest-opener-return = 두 팔을 천천히 풀어 주세요
phase-trunk-side-bend-rest = 발을 조금 벌리고 바르게 서세요
phase-trunk-side-bend-out = 한 손을 다리 옆으로 내려 주세요
phase-trunk-side-bend-peak = 좋아요! 이제 몸을 세워 주세요
phase-trunk-side-bend-return = 천천히 몸을 세워 주세요
phase-seated-side-bend-rest = 바르게 앉으세요. 준비되시면 옆으로 기울여 주세요
phase-seated-side-bend-out = 한 손을 바닥 쪽으로 내려 주세요
phase-seated-side-bend-peak = 좋아요! 이제 몸을 세워 주세요
phase-seated-side-bend-return = 천천히 몸을 세워 주세요
phase-seated-trunk-rotation-rest = 두 팔을 가슴 앞에 모으고 바르게 앉으세요
phase-seated-trunk-rotation-out = 가슴을 한쪽으로 돌려 주세요
phase-seated-trunk-rotation-peak = 좋아요! 이제 돌아와 주세요
phase-seated-trunk-rotation-return = 천천히 가운데로 돌아와 주세요
phase-standing-back-extension-rest = 옆모습이 보이게 서서 두 손을 허리에 짚어 주세요
phase-standing-back-extension-out = 손을 짚은 채 뒤로 젖혀 주세요
phase-standing-back-extension-peak = 좋아요! 이제 몸을 세워 주세요
phase-standing-back-extension-return = 천천히 몸을 세워 주세요
phase-seated-back-extension-rest = 옆모습이 보이게 의자 앞쪽에 앉아 주세요
phase-seated-back-extension-out = 가슴을 들면서 조금 뒤로 젖혀 주세요
phase-seated-back-extension-peak = 좋아요! 이제 몸을 세워 주세요
phase-seated-back-extension-return = 천천히 몸을 세워 주세요
phase-jumping-jack-step-rest = 바르게 서세요. 준비되시면 옆으로 디뎌 주세요
phase-jumping-jack-step-out = 옆으로 디디면서 두 팔을 들어 주세요
phase-jumping-jack-step-peak = 좋아요! 이제 가운데로 돌아와 주세요
phase-jumping-jack-step-return = 발을 모으면서 팔을 내려 주세요
phase-paced-breathing-rest = 잠시 기다려 주세요
phase-paced-breathing-out = 숨을 들이마셔 주세요
phase-paced-breathing-peak = 숨을 잠시 멈춰 주세요
phase-paced-breathing-return = 숨을 내쉬어 주세요
phase-easy-breathing-rest = 잠시 기다려 주세요
phase-easy-breathing-out = 숨을 들이마셔 주세요
phase-easy-breathing-peak = 숨을 잠시 멈춰 주세요
phase-easy-breathing-return = 숨을 내쉬어 주세요
phase-muscle-relaxation-rest = 쉬면서 힘이 빠진 느낌을 느껴 보세요
phase-muscle-relaxation-out = 근육에 힘을 줘 주세요
phase-muscle-relaxation-peak = 힘을 준 채로 숨을 쉬어 주세요
phase-muscle-relaxation-return = 힘을 빼 주세요

# 다리, 균형, 바닥 운동, 검사.
phase-mini-squat-rest = 바르게 서세요. 의자를 잡아도 좋아요
phase-mini-squat-out = 무릎을 조금만 굽혀 주세요
phase-mini-squat-peak = 좋아요! 이제 일어나 주세요
phase-mini-squat-return = 천천히 일어나 주세요
phase-wall-sit-rest = 벽에 등을 대고 서세요
phase-wall-sit-out = 벽을 따라 내려가 주세요
phase-wall-sit-peak = 그대로 버티며 편하게 숨 쉬세요
phase-wall-sit-return = 천천히 올라와 주세요
phase-hip-hinge-rest = 카메라에 옆모습이 보이게 서세요
phase-hip-hinge-out = 엉덩이를 뒤로 빼며 숙여 주세요
phase-hip-hinge-peak = 좋아요! 이제 올라와 주세요
phase-hip-hinge-return = 등을 편 채 천천히 올라와 주세요
phase-step-up-rest = 한 발을 발판에 올려 두세요
phase-step-up-out = 두 발이 다 오르도록 밀고 올라가세요
phase-step-up-peak = 좋아요! 이제 다른 발을 내려 주세요
phase-step-up-return = 바닥까지 천천히 내려 주세요
phase-standing-knee-bend-rest = 카메라에 옆모습이 보이게 의자를 잡고 서세요
phase-standing-knee-bend-out = 한쪽 발꿈치를 뒤로 들어 주세요
phase-standing-knee-bend-peak = 좋아요! 이제 천천히 내려 주세요
phase-standing-knee-bend-return = 천천히 내려 주세요
phase-standing-hip-abduction-rest = 의자를 잡고 바르게 서세요
phase-standing-hip-abduction-out = 한쪽 다리를 옆으로 들어 주세요
phase-standing-hip-abduction-peak = 좋아요! 이제 천천히 내려 주세요
phase-standing-hip-abduction-return = 천천히 내려 주세요
phase-standing-hip-extension-rest = 카메라에 옆모습이 보이게 의자를 잡고 서세요
phase-standing-hip-extension-out = 다리를 편 채 뒤로 들어 주세요
phase-standing-hip-extension-peak = 좋아요! 이제 천천히 내려 주세요
phase-standing-hip-extension-return = 천천히 내려 주세요
phase-standing-march-rest = 바르게 서세요. 준비되시면 걸어 주세요
phase-standing-march-out = 무릎을 골반 높이까지 들어 주세요
phase-standing-march-peak = 좋아요! 이제 발을 내려 주세요
phase-standing-march-return = 발을 내려 주세요
phase-seated-knee-extension-rest = 카메라에 옆모습이 보이게 바르게 앉으세요
phase-seated-knee-extension-out = 한쪽 무릎을 펴 주세요
phase-seated-knee-extension-peak = 좋아요! 이제 발을 천천히 내려 주세요
phase-seated-knee-extension-return = 발을 천천히 내려 주세요
phase-seated-march-rest = 등받이에서 떨어져 바르게 앉으세요
phase-seated-march-out = 한쪽 무릎을 들어 주세요
phase-seated-march-peak = 좋아요! 이제 발을 내려 주세요
phase-seated-march-return = 발을 내려 주세요
phase-heel-raise-rest = 카메라에 옆모습이 보이게 의자를 잡고 서세요
phase-heel-raise-out = 발꿈치를 들어 주세요
phase-heel-raise-peak = 좋아요! 이제 발꿈치를 내려 주세요
phase-heel-raise-return = 발꿈치를 천천히 내려 주세요
phase-toe-raise-rest = 카메라에 옆모습이 보이게 의자를 잡고 서세요
phase-toe-raise-out = 두 발끝을 들어 주세요
phase-toe-raise-peak = 좋아요! 이제 발끝을 내려 주세요
phase-toe-raise-return = 발끝을 천천히 내려 주세요
phase-seated-ankle-pump-rest = 카메라에 옆모습이 보이게 앉아 발꿈치를 드세요
phase-seated-ankle-pump-out = 발꿈치를 내리고 발끝을 들어 주세요
phase-seated-ankle-pump-peak = 좋아요! 이제 다시 발꿈치를 들어 주세요
phase-seated-ankle-pump-return = 발꿈치를 다시 들어 주세요
phase-weight-shift-rest = 두 발을 벌리고 서세요
phase-weight-shift-out = 엉덩이를 한쪽 발 위로 옮겨 주세요
phase-weight-shift-peak = 좋아요! 이제 가운데로 돌아와 주세요
phase-weight-shift-return = 천천히 가운데로 돌아와 주세요
phase-tandem-stance-rest = 의자나 벽 옆에 서세요
phase-tandem-stance-out = 한 발을 다른 발 바로 앞에 두세요
phase-tandem-stance-peak = 앞을 보며 그대로 서 계세요
phase-tandem-stance-return = 두 발을 다시 나란히 두세요
phase-single-leg-stance-rest = 의자 옆에 서세요
phase-single-leg-stance-out = 한 발을 바닥에서 떼세요
phase-single-leg-stance-peak = 앞을 보며 그대로 서 계세요
phase-single-leg-stance-return = 발을 내려놓으세요
phase-single-leg-stance-test-rest = 잡을 것 옆에 서세요. 발을 들면 시작해요
phase-single-leg-stance-test-out = 한 발을 바닥에서 떼세요
phase-single-leg-stance-test-peak = 할 수 있는 만큼 오래 서 계세요
phase-single-leg-stance-test-return = 발을 내려놓으세요
phase-bridge-rest = 카메라에 옆모습이 보이게 누워 무릎을 세우세요
phase-bridge-out = 엉덩이를 들어 주세요
phase-bridge-peak = 좋아요! 이제 천천히 내려 주세요
phase-bridge-return = 엉덩이를 천천히 내려 주세요
phase-supine-leg-raise-rest = 누워서 한쪽 무릎은 세우고 다른 다리는 펴세요
phase-supine-leg-raise-out = 무릎을 편 채 다리를 들어 주세요
phase-supine-leg-raise-peak = 좋아요! 이제 천천히 내려 주세요
phase-supine-leg-raise-return = 천천히 내려 주세요
phase-curl-up-rest = 누워서 한쪽 무릎을 세우세요
phase-curl-up-out = 머리와 어깨를 들어 주세요
phase-curl-up-peak = 좋아요! 이제 천천히 내려 주세요
phase-curl-up-return = 천천히 내려 주세요
phase-bird-dog-rest = 카메라에 옆모습이 보이게 네발 자세를 하세요
phase-bird-dog-out = 한쪽 다리와 반대쪽 팔을 뻗어 주세요
phase-bird-dog-peak = 좋아요! 이제 돌아와 주세요
phase-bird-dog-return = 천천히 바닥으로 돌아와 주세요
phase-side-bridge-rest = 카메라를 보고 옆으로 누워 팔꿈치로 받치세요
phase-side-bridge-out = 엉덩이를 바닥에서 들어 주세요
phase-side-bridge-peak = 그대로 버티며 편하게 숨 쉬세요
phase-side-bridge-return = 엉덩이를 천천히 내려 주세요
phase-press-up-back-extension-rest = 엎드려 두 손을 가슴 옆에 두세요
phase-press-up-back-extension-out = 골반은 두고 가슴을 밀어 올려 주세요
phase-press-up-back-extension-peak = 좋아요! 이제 천천히 내려 주세요
phase-press-up-back-extension-return = 가슴을 천천히 내려 주세요
phase-chair-stand-30s-rest = 팔을 가슴 앞에서 엇갈리고 앉으세요. 일어서면 시작해요
phase-chair-stand-30s-out = 끝까지 일어서세요
phase-chair-stand-30s-peak = 좋아요! 앉으세요
phase-chair-stand-30s-return = 앉으세요
phase-five-times-sit-to-stand-rest = 팔을 가슴 앞에서 엇갈리고 앉으세요. 일어서면 시작해요
phase-five-times-sit-to-stand-out = 끝까지 일어서세요
phase-five-times-sit-to-stand-peak = 좋아요! 앉으세요
phase-five-times-sit-to-stand-return = 앉으세요

exercise-hurdle-step = 허들 넘기
exercise-inline-lunge = 일자 런지
exercise-side-lunge = 옆 런지
exercise-sit-to-stand = 앉았다 일어서기
exercise-standing-leg-raise = 서서 다리 들기
exercise-shoulder-extension = 팔 뒤로 밀기
exercise-shoulder-rotation = 어깨 높이에서 팔 돌리기
exercise-shoulder-scaption = 팔 비스듬히 들기
