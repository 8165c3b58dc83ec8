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
rule-unsteady = 가만히 버티지 못했어요
rule-bend-short = 충분히 기울이지 않았어요
rule-turn-short = 충분히 돌리지 않았어요
rule-middle-missed = 가운데까지 돌아오지 않았어요
rule-trunk-back = 몸이 뒤로 젖혀졌어요
rule-trunk-turned = 몸통이 돌아갔어요
rule-knee-bent = 무릎이 굽었어요

# 목과 머리
rule-shoulders-turned = 어깨가 함께 돌아갔어요
rule-chin-raised = 턱이 들렸어요
rule-chin-dropped = 고개가 숙여졌어요
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

# 다리, 엉덩이, 발
rule-squat-too-deep = 너무 깊이 앉았어요
rule-hinge-depth = 충분히 숙이지 않았어요
rule-knees-bending = 무릎을 너무 굽혔어요
rule-knees-forward = 무릎이 앞으로 나갔어요
rule-knees-bent = 무릎이 굽었어요
rule-knee-bend = 무릎을 충분히 굽히지 않았어요
rule-knee-straightening = 무릎을 끝까지 펴지 않았어요
rule-knee-height = 무릎을 충분히 들지 않았어요
rule-thigh-forward = 허벅지가 앞으로 나갔어요
rule-thigh-lifting = 허벅지가 의자에서 들렸어요
rule-step-up-height = 끝까지 올라서지 않았어요
rule-foot-down = 발을 끝까지 내리지 않았어요
rule-leg-height = 다리를 충분히 들지 않았어요
rule-leg-back = 다리를 뒤로 충분히 뻗지 않았어요
rule-leg-lowering = 다리를 끝까지 내리지 않았어요
rule-leg-forward = 다리가 앞으로 나왔어요
rule-pelvis-hiked = 골반이 올라갔어요
rule-pelvis-dropped = 골반이 한쪽으로 내려갔어요
rule-shift-short = 체중을 충분히 옮기지 않았어요
rule-sitting-down = 끝까지 앉지 않았어요
rule-arms-used = 팔을 가슴 앞에서 엇갈리지 않았어요
rule-heel-height = 발꿈치를 충분히 들지 않았어요
rule-toe-height = 발끝을 충분히 들지 않았어요
rule-feet-sliding = 발이 앞으로 미끄러졌어요

# 바닥에서
rule-hip-height = 엉덩이를 충분히 들지 않았어요
rule-hips-lowering = 엉덩이를 끝까지 내리지 않았어요
rule-hips-sagging = 엉덩이가 몸의 선에서 벗어났어요
rule-hips-lifting = 엉덩이가 바닥에서 들렸어요
rule-back-arched = 허리가 젖혀졌어요
rule-feet-far = 발이 엉덩이에서 너무 멀었어요
rule-trunk-lifting = 등이 바닥에서 들렸어요
rule-trunk-dropped = 가슴이 아래로 처졌어요
rule-curl-height = 어깨를 충분히 들지 않았어요
rule-sat-up = 너무 많이 일어났어요
rule-neck-pulled = 목을 너무 굽혔어요
rule-leg-too-high = 다리를 너무 높이 들었어요
rule-knee-return = 무릎이 제자리로 돌아오지 않았어요
rule-elbow-far = 팔꿈치가 어깨 아래에 있지 않았어요
rule-press-height = 가슴을 충분히 들지 않았어요
rule-chest-lowering = 가슴을 끝까지 내리지 않았어요

rule-hand-up-missed = 손을 끝까지 올리지 않았어요
rule-elbow-dropped = 팔꿈치가 내려갔어요
rule-arm-too-far-out = 팔이 너무 옆으로 벌어졌어요
# 다른 사람들의 바른 동작(기준 동작)과 다른 점
rule-like-trunk-flexion = { $way ->
    [under] 몸을 보통보다 더 세웠어요
   *[over] 몸을 보통보다 더 숙였어요
}
rule-like-pelvis-height = { $way ->
    [under] 엉덩이가 보통보다 낮아요
   *[over] 엉덩이가 보통보다 높아요
}
rule-like-hips-forward = { $way ->
    [under] 엉덩이가 보통보다 뒤에 있어요
   *[over] 엉덩이가 보통보다 앞에 있어요
}
rule-like-trunk-side-lean = { $way ->
    [under] 몸이 반대쪽으로 기울었어요
   *[over] 몸이 옆으로 더 기울었어요
}
rule-like-trunk-rotation = { $way ->
    [under] 어깨가 반대쪽으로 돌아갔어요
   *[over] 어깨가 보통보다 더 돌아갔어요
}
rule-like-pelvis-hike = { $way ->
    [under] 골반이 보통보다 더 내려갔어요
   *[over] 골반이 보통보다 더 올라갔어요
}
rule-like-shoulder-tilt = { $way ->
    [under] 어깨가 보통보다 더 내려갔어요
   *[over] 어깨가 보통보다 더 올라갔어요
}
rule-like-hips-sideways = { $way ->
    [under] 엉덩이가 반대쪽으로 움직였어요
   *[over] 엉덩이가 옆으로 더 움직였어요
}
rule-like-arm-elevation = { $way ->
    [under] 팔이 보통보다 낮아요
   *[over] 팔이 보통보다 높아요
}
rule-like-arm-forward = { $way ->
    [under] 위팔이 보통보다 뒤에 있어요
   *[over] 위팔이 보통보다 앞에 있어요
}
rule-like-arm-out = { $way ->
    [under] 위팔이 보통보다 몸에 가까워요
   *[over] 위팔이 보통보다 바깥에 있어요
}
rule-like-forearm-up = { $way ->
    [under] 아래팔이 보통보다 낮아요
   *[over] 아래팔이 보통보다 높아요
}
rule-like-forearm-forward = { $way ->
    [under] 아래팔이 보통보다 뒤에 있어요
   *[over] 아래팔이 보통보다 앞에 있어요
}
rule-like-forearm-out = { $way ->
    [under] 아래팔이 보통보다 안쪽에 있어요
   *[over] 아래팔이 보통보다 바깥에 있어요
}
rule-like-elbow-flexion = { $way ->
    [under] 팔꿈치를 보통보다 더 폈어요
   *[over] 팔꿈치를 보통보다 더 굽혔어요
}
rule-like-hip-flexion = { $way ->
    [under] 엉덩관절을 보통보다 덜 굽혔어요
   *[over] 엉덩관절을 보통보다 더 굽혔어요
}
rule-like-hip-abduction = { $way ->
    [under] 다리가 보통보다 안쪽에 있어요
   *[over] 다리가 보통보다 바깥에 있어요
}
rule-like-knee-flexion = { $way ->
    [under] 무릎을 보통보다 덜 굽혔어요
   *[over] 무릎을 보통보다 더 굽혔어요
}
rule-like-knee-valgus = { $way ->
    [under] 무릎이 보통보다 바깥에 있어요
   *[over] 무릎이 보통보다 안쪽에 있어요
}
rule-like-foot-lift = { $way ->
    [under] 발이 보통보다 낮아요
   *[over] 발이 보통보다 높아요
}
rule-like-foot-forward = { $way ->
    [under] 발이 보통보다 뒤에 있어요
   *[over] 발이 보통보다 앞에 있어요
}
rule-like-foot-out = { $way ->
    [under] 두 발이 보통보다 가까워요
   *[over] 두 발이 보통보다 멀어요
}
