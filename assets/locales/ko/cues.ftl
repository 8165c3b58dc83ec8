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

say-paused = 잠시 멈출게요.
say-resumed = 다시 시작할게요.
say-finished = 수고하셨어요. 운동이 끝났어요.
