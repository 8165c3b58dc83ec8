# 운동 이름.

exercise-squat = 스쿼트
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
exercise-chest-opener = 가슴 펴서 버티기

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
exercise-mini-squat = 작은 스쿼트
exercise-wall-sit = 벽에 기대 앉아 버티기
exercise-hip-hinge = 엉덩이 접어 숙이기
exercise-step-up = 계단 오르내리기
exercise-standing-knee-bend = 서서 무릎 굽히기
exercise-standing-hip-abduction = 서서 다리 옆으로 들기
exercise-standing-hip-extension = 서서 다리 뒤로 들기
exercise-standing-march = 제자리 걷기
exercise-seated-knee-extension = 앉아서 무릎 펴기
exercise-seated-march = 앉아서 걷기

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
