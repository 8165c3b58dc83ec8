# 코치가 하는 말. 한 줄에 하나씩 씁니다. 녹음은 이 줄로 만듭니다(sounds/make_sounds.sh).
# `.caption`은 화면에 띄우는 짧은 말입니다. 3 m 떨어져서도 한눈에 읽혀야 합니다.

cue-cannot-see-you = 모습이 보이지 않아요. 화면 안으로 들어와 주세요.
    .caption = 화면 안으로 들어오세요
cue-good = 아주 좋아요!
    .caption = 아주 좋아요!
cue-show-arms = 팔이 보이도록 조금 뒤로 물러나 주세요.
    .caption = 뒤로 조금, 팔이 보이게
cue-show-legs = 다리가 보이도록 조금 뒤로 물러나 주세요.
    .caption = 뒤로 조금, 다리가 보이게
cue-slower = 조금 더 천천히 해 주세요.
    .caption = 더 천천히
cue-body-upright = 몸을 똑바로 세워 주세요.
    .caption = 몸을 똑바로

cue-squat-deeper = 조금 더 깊이 앉아 주세요.
    .caption = 더 깊이 앉기
cue-stand-tall = 끝까지 일어서 주세요.
    .caption = 끝까지 일어서기
cue-knees-out = 무릎을 바깥으로 벌려 주세요.
    .caption = 무릎을 바깥으로
cue-chest-up = 가슴을 펴 주세요.
    .caption = 가슴 펴기
cue-even-weight = 두 다리에 똑같이 힘을 실어 주세요.
    .caption = 두 다리에 똑같이

cue-raise-higher = 팔을 조금 더 높이 들어 주세요.
    .caption = 더 높이
cue-lower-fully = 팔을 끝까지 내려 주세요.
    .caption = 끝까지 내리기
cue-straighten-elbow = 팔꿈치를 펴 주세요.
    .caption = 팔꿈치 펴기
cue-shoulder-down = 어깨에 힘을 빼고 내려 주세요.
    .caption = 어깨 내리기
cue-arm-to-side = 팔을 옆으로 벌려 주세요.
    .caption = 팔을 옆으로
cue-arms-even = 두 팔을 같은 높이로 들어 주세요.
    .caption = 두 팔을 같은 높이로

# 보이는 범위
cue-show-upper-body = 머리부터 엉덩이까지 보이게 자리를 잡아 주세요.
    .caption = 머리부터 엉덩이까지 보이게
cue-show-whole-body = 온몸이 보이도록 조금 뒤로 물러나 주세요.
    .caption = 뒤로 조금, 온몸이 보이게

# 목과 머리
cue-turn-further = 편안한 만큼 조금 더 돌려 주세요.
    .caption = 조금 더 돌리기
cue-bend-further = 편안한 만큼 조금 더 기울여 주세요.
    .caption = 조금 더 기울이기
cue-back-to-middle = 가운데까지 다 돌아와 주세요.
    .caption = 가운데까지
cue-shoulders-still = 어깨는 앞을 향하게 두세요.
    .caption = 어깨는 앞으로
cue-head-level = 머리를 기울이지 말고 똑바로 세워 주세요.
    .caption = 머리 똑바로
cue-chin-level = 턱 높이를 그대로 유지해 주세요.
    .caption = 턱 높이 그대로
cue-chin-to-chest = 턱을 가슴 쪽으로 조금 더 당겨 주세요.
    .caption = 턱을 가슴 쪽으로
cue-chin-back = 턱을 뒤로 똑바로 밀어 넣어 주세요.
    .caption = 턱을 뒤로
cue-let-go-fully = 다음 동작 전에 힘을 다 빼 주세요.
    .caption = 힘을 다 빼기
cue-head-up = 머리를 끝까지 들어 주세요.
    .caption = 머리 들기
cue-face-forward = 얼굴은 앞을 봐 주세요.
    .caption = 앞을 보기
cue-head-with-spine = 머리와 등을 한 줄로 맞춰 주세요.
    .caption = 머리와 등을 한 줄로

# 어깨와 팔
cue-ribs-down = 허리를 젖히지 말고 갈비뼈를 내려 주세요.
    .caption = 허리 젖히지 않기
cue-elbows-bent = 팔꿈치는 굽힌 채로 두세요.
    .caption = 팔꿈치 굽히기
cue-hands-up = 손이 팔꿈치 위에 오게 해 주세요.
    .caption = 손은 팔꿈치 위로
cue-arms-wider = 두 팔을 Y자처럼 조금 더 벌려 주세요.
    .caption = Y자로 벌리기
cue-bend-elbow-more = 손을 어깨 쪽으로 더 가까이 올려 주세요.
    .caption = 손을 어깨 쪽으로
cue-elbow-at-side = 팔꿈치를 옆구리에 붙여 주세요.
    .caption = 팔꿈치는 옆구리에
cue-lift-shoulders = 어깨를 조금 더 올려 주세요.
    .caption = 어깨 더 올리기
cue-arms-hang = 두 팔은 편하게 늘어뜨려 주세요.
    .caption = 팔 늘어뜨리기
cue-arms-back-further = 두 팔을 조금 더 뒤로 보내 주세요.
    .caption = 두 팔을 더 뒤로
cue-shoulders-loose = 어깨는 내리고 편하게 힘을 빼 주세요.
    .caption = 어깨 힘 빼기

# 등과 허리
cue-sit-tall = 허리를 펴고 바르게 앉아 주세요.
    .caption = 바르게 앉기
cue-bend-straight-sideways = 앞으로 숙이지 말고 바로 옆으로 기울여 주세요.
    .caption = 바로 옆으로
cue-chest-leads = 고개만 말고 가슴까지 함께 돌려 주세요.
    .caption = 가슴까지 돌리기
cue-lean-back-further = 편안한 만큼 조금 더 뒤로 젖혀 주세요.
    .caption = 조금 더 젖히기
cue-knees-straight = 무릎을 펴 주세요.
    .caption = 무릎 펴기

# 발걸음과 버티기
cue-step-wider = 옆으로 더 넓게 디뎌 주세요.
    .caption = 더 넓게 딛기
cue-hold-longer = 조금만 더 버텨 주세요.
    .caption = 조금 더 버티기

# 다리와 엉덩이
cue-not-so-deep = 조금 덜 앉아 주세요.
    .caption = 조금 덜 앉기
cue-hinge-deeper = 엉덩이를 뒤로 빼며 조금 더 숙여 주세요.
    .caption = 조금 더 숙이기
cue-hinge-hips = 무릎 말고 엉덩이 관절을 접어 주세요.
    .caption = 엉덩이 관절로 숙이기
cue-hips-back = 엉덩이를 더 뒤로 빼 주세요.
    .caption = 엉덩이를 뒤로
cue-knee-straight = 무릎을 쭉 펴 주세요.
    .caption = 무릎 쭉 펴기
cue-bend-knee-more = 발꿈치를 엉덩이 쪽으로 더 당겨 주세요.
    .caption = 발꿈치를 엉덩이 쪽으로
cue-knees-side-by-side = 두 무릎을 나란히 두세요.
    .caption = 두 무릎 나란히
cue-knee-higher = 무릎을 조금 더 높이 들어 주세요.
    .caption = 무릎 더 높이
cue-thigh-on-chair = 허벅지는 의자에 붙여 두세요.
    .caption = 허벅지는 의자에
cue-leg-higher = 다리를 조금 더 높이 들어 주세요.
    .caption = 다리 더 높이
cue-leg-to-side = 다리를 바로 옆으로 들어 주세요.
    .caption = 다리를 바로 옆으로
cue-leg-further-back = 다리를 조금 더 뒤로 뻗어 주세요.
    .caption = 다리를 더 뒤로
cue-lower-leg-fully = 다리를 끝까지 내려 주세요.
    .caption = 다리 끝까지 내리기
cue-foot-to-floor = 발을 바닥까지 내려 주세요.
    .caption = 발을 바닥까지
cue-hips-level = 골반 양쪽 높이를 똑같이 해 주세요.
    .caption = 골반 수평으로
cue-shift-further = 엉덩이를 발 위로 조금 더 옮겨 주세요.
    .caption = 조금 더 옮기기
cue-sit-down-fully = 끝까지 앉아 주세요.
    .caption = 끝까지 앉기
cue-arms-crossed = 두 팔을 가슴 앞에서 엇갈려 주세요.
    .caption = 두 팔 가슴 앞에
cue-back-on-wall = 등을 벽에 붙여 주세요.
    .caption = 등을 벽에
cue-feet-forward = 발을 벽에서 조금 더 떼어 주세요.
    .caption = 발을 벽에서 더 멀리
cue-other-side = 이번에는 반대쪽이에요.
    .caption = 반대쪽

# 발
cue-heels-higher = 발꿈치를 조금 더 높이 들어 주세요.
    .caption = 발꿈치 더 높이
cue-toes-higher = 발끝을 조금 더 들어 주세요.
    .caption = 발끝 더 들기
cue-feet-in-place = 발을 제자리에 두세요.
    .caption = 발은 제자리에

# 바닥에서
cue-hips-higher = 엉덩이를 조금 더 높이 들어 주세요.
    .caption = 엉덩이 더 높이
cue-hips-down = 엉덩이를 바닥까지 내려 주세요.
    .caption = 엉덩이 내리기
cue-hips-up = 엉덩이를 들어 몸을 한 줄로 만들어 주세요.
    .caption = 엉덩이 들기
cue-hips-on-floor = 엉덩이는 바닥에 내려놓으세요.
    .caption = 엉덩이는 바닥에
cue-feet-closer = 발을 엉덩이 쪽으로 당겨 주세요.
    .caption = 발을 엉덩이 쪽으로
cue-back-on-floor = 허리를 바닥에 붙여 두세요.
    .caption = 허리는 바닥에
cue-shoulders-higher = 머리와 어깨를 조금 더 들어 주세요.
    .caption = 머리와 어깨 더 들기
cue-chin-off-chest = 턱과 가슴 사이를 조금 띄워 주세요.
    .caption = 턱과 가슴 사이 띄우기
cue-leg-level = 다리는 등 높이까지만 들어 주세요.
    .caption = 다리는 등 높이까지
cue-knee-to-floor = 무릎을 바닥으로 다시 가져오세요.
    .caption = 무릎을 바닥으로
cue-back-level = 등을 탁자처럼 평평하게 해 주세요.
    .caption = 등을 평평하게
cue-elbow-under-shoulder = 팔꿈치를 어깨 바로 아래에 두세요.
    .caption = 팔꿈치는 어깨 아래
cue-press-higher = 가슴을 조금 더 밀어 올려 주세요.
    .caption = 가슴 더 높이
cue-chest-down = 가슴을 바닥까지 내려 주세요.
    .caption = 가슴을 바닥까지
# 세트가 끝날 때: 늘 좋은 말로 마칩니다.
cue-set-great = 이번 세트 정말 잘하셨어요!
    .caption = 정말 잘하셨어요!
cue-set-better = 할수록 더 좋아졌어요. 잘하셨어요!
    .caption = 점점 좋아졌어요!
cue-set-done = 수고하셨어요. 이번 세트를 마쳤어요.
    .caption = 세트를 마쳤어요
cue-set-tried = 잘 시도하셨어요. 잠시 쉬었다가 다시 해 봐요.
    .caption = 잠시 쉬어요

say-paused = 잠시 멈출게요.
say-resumed = 다시 시작할게요.
say-finished = 수고하셨어요. 운동이 끝났어요.

# 런지, 팔 돌리기.
cue-lower-further = 조금 더 내려가 주세요.
    .caption = 조금 더 낮게
cue-hand-further-down = 손을 조금 더 아래로 내려 주세요.
    .caption = 손을 더 아래로
cue-hand-up-fully = 손을 끝까지 위로 올려 주세요.
    .caption = 손을 끝까지 위로
cue-elbow-up = 팔꿈치를 어깨 높이에 두세요.
    .caption = 팔꿈치는 어깨 높이
cue-arm-half-forward = 팔을 앞과 옆의 중간으로 들어 주세요.
    .caption = 앞과 옆의 중간으로

# 준비: 한 번에 하나씩, 가장 중요한 것부터 말합니다.
cue-i-see-you = 잘 보여요.
    .caption = 잘 보여요
cue-setup-back = 조금만 뒤로 가 주세요.
    .caption = 조금만 뒤로
cue-setup-closer = 조금만 앞으로 와 주세요.
    .caption = 조금만 앞으로
cue-setup-head = 머리 위에 자리가 더 필요해요. 조금만 뒤로 가 주세요.
    .caption = 뒤로 조금, 머리 위 여유 있게
cue-setup-feet = 발이 보이지 않아요. 조금만 뒤로 가 주세요.
    .caption = 뒤로 조금, 발이 보이게
cue-setup-camera-up = 머리가 보이도록 카메라를 조금만 위로 향하게 해 주세요.
    .caption = 카메라를 조금 위로
cue-setup-camera-down = 온몸이 보이도록 카메라를 조금만 아래로 향하게 해 주세요.
    .caption = 카메라를 조금 아래로
cue-setup-left = 왼쪽으로 조금만 가 주세요.
    .caption = 왼쪽으로 조금
cue-setup-right = 오른쪽으로 조금만 가 주세요.
    .caption = 오른쪽으로 조금
cue-setup-middle = 화면 가운데로 와 주세요.
    .caption = 화면 가운데로
cue-setup-face = 몸을 카메라 쪽으로 돌려 주세요.
    .caption = 카메라를 마주 보기
cue-setup-sideways = 카메라에 옆모습이 보이게 몸을 돌려 주세요.
    .caption = 옆모습이 보이게
cue-setup-dark = 조금 어두워요. 불을 켜 주세요.
    .caption = 어두워요: 불 켜기
cue-setup-backlight = 등 뒤가 너무 밝아요. 커튼을 치거나 카메라를 창문 반대쪽으로 돌려 주세요.
    .caption = 등 뒤가 너무 밝아요
cue-setup-bright = 화면이 너무 밝아요. 불빛이 카메라를 비추지 않게 해 주세요.
    .caption = 화면이 너무 밝아요
cue-setup-alone = 여러 사람이 보여요. 화면에는 혼자만 있어 주세요.
    .caption = 화면에 혼자만 있기
cue-setup-level = 카메라가 옆으로 기울었어요. 똑바로 놓아 주세요.
    .caption = 카메라를 똑바로
cue-setup-camera-lower = 카메라가 너무 위에서 내려다봐요. 조금 낮게 놓아 주세요.
    .caption = 카메라를 조금 낮게
cue-setup-camera-higher = 카메라가 너무 아래에서 올려다봐요. 조금 높게 놓아 주세요.
    .caption = 카메라를 조금 높게
say-start = 시작할게요!
