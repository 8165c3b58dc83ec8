# 점수가 깎인 까닭. $way는 기준보다 작으면 under, 크면 over입니다.

rule-depth = 충분히 깊이 앉지 않았어요
rule-height = 충분히 높이 들지 않았어요
rule-lowering-time = { $way ->
    [under] 너무 빨리 내려왔어요
   *[over] 너무 천천히 내려왔어요
}
rule-rising-time = { $way ->
    [under] 너무 빨리 일어났어요
   *[over] 너무 천천히 일어났어요
}
rule-raising-time = { $way ->
    [under] 너무 빨리 들었어요
   *[over] 너무 천천히 들었어요
}
rule-knees-inward = 무릎이 안쪽으로 모였어요
rule-trunk-forward = 몸이 너무 앞으로 숙여졌어요
rule-trunk-sideways = 몸이 한쪽으로 기울었어요
rule-weight-uneven = 한쪽 다리에 힘이 쏠렸어요
rule-trunk-leaning = 몸이 옆으로 기울었어요
rule-elbow-bent = 팔꿈치가 굽었어요
rule-shoulder-hiked = 어깨가 올라갔어요
rule-arm-forward = 팔이 앞쪽으로 나왔어요
rule-arms-uneven = 두 팔의 높이가 달랐어요
rule-lowering-fully = 팔을 끝까지 내리지 않았어요
rule-standing-up = 끝까지 일어서지 않았어요

# 여러 동작
rule-out-time = { $way ->
    [under] 너무 빨리 움직였어요
   *[over] 너무 천천히 움직였어요
}
rule-back-time = { $way ->
    [under] 너무 빨리 돌아왔어요
   *[over] 너무 천천히 돌아왔어요
}
rule-pause-short = 끝에서 충분히 머물지 않았어요
rule-hold-short = 충분히 오래 버티지 않았어요
rule-bend-short = 충분히 기울이지 않았어요
rule-turn-short = 충분히 돌리지 않았어요
rule-middle-missed = 가운데까지 돌아오지 않았어요
rule-trunk-back = 몸이 뒤로 젖혀졌어요
rule-trunk-turned = 몸통이 돌아갔어요
rule-knee-bent = 무릎이 굽었어요

# 목과 머리
rule-shoulders-turned = 어깨가 함께 돌아갔어요
rule-chin-raised = 턱이 들렸어요
rule-chin-dropped = 턱이 떨어졌어요
rule-chin-poked = 턱이 앞으로 나왔어요
rule-chin-short = 턱을 충분히 당기지 않았어요
rule-head-up-missed = 머리를 끝까지 들지 않았어요
rule-retraction-short = 머리를 뒤로 충분히 당기지 않았어요
rule-release-missed = 힘을 다 빼지 않았어요
rule-head-turned = 고개가 돌아갔어요
rule-head-bent = 머리가 옆으로 기울었어요
rule-head-dropped = 머리가 옆으로 떨어졌어요
rule-head-leading = 가슴보다 고개가 더 돌아갔어요
rule-head-thrown-back = 머리가 뒤로 젖혀졌어요
rule-head-hanging = 고개가 떨어졌어요

# 어깨와 팔
rule-elbows-opened = 팔꿈치가 펴졌어요
rule-hands-fallen = 손이 앞으로 떨어졌어요
rule-arms-too-narrow = 두 팔 사이가 너무 좁았어요
rule-elbow-short = 팔꿈치를 충분히 굽히지 않았어요
rule-elbow-not-straight = 팔꿈치를 끝까지 펴지 않았어요
rule-upper-arm-swinging = 위팔이 앞으로 흔들렸어요
rule-shrug-short = 어깨를 충분히 올리지 않았어요
rule-shoulders-not-down = 어깨를 끝까지 내리지 않았어요
rule-shoulders-raised = 어깨가 올라가 있었어요
rule-arms-back-short = 두 팔을 뒤로 충분히 보내지 않았어요

# 등과 허리
rule-extension-short = 충분히 젖히지 않았어요
rule-upright-missed = 몸을 끝까지 세우지 않았어요
rule-slumped = 몸이 구부정했어요

# 발걸음
rule-step-narrow = 걸음이 너무 좁았어요
