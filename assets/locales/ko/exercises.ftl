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
