# What cost points, as the result screen says it. $way is `under` or `over` the limit.

rule-depth = Not deep enough
rule-height = Not high enough
rule-lowering-time = { $way ->
    [under] Lowered too fast
   *[over] Lowered too slowly
}
rule-rising-time = { $way ->
    [under] Stood up too fast
   *[over] Stood up too slowly
}
rule-raising-time = { $way ->
    [under] Raised too fast
   *[over] Raised too slowly
}
rule-knees-inward = Knees fell inward
rule-trunk-forward = Leaned too far forward
rule-trunk-sideways = Leaned to one side
rule-weight-uneven = More weight on one leg
rule-trunk-leaning = Body leaned to the side
rule-elbow-bent = Elbow was bent
rule-shoulder-hiked = Shoulder was pulled up
rule-arm-forward = Arm was in front of the body
rule-arms-uneven = Arms at different heights
rule-lowering-fully = Arm not lowered all the way
rule-standing-up = Did not stand up all the way

# Any movement
rule-out-time = { $way ->
    [under] Went out too fast
   *[over] Went out too slowly
}
rule-back-time = { $way ->
    [under] Came back too fast
   *[over] Came back too slowly
}
rule-pause-short = Not held long enough at the end
rule-hold-short = Not held long enough
rule-unsteady = Not held still
rule-bend-short = Not bent far enough
rule-turn-short = Not turned far enough
rule-middle-missed = Did not come back to the middle
rule-trunk-back = Leaned back
rule-trunk-turned = Body turned
rule-knee-bent = Knee was bent

# Neck and head
rule-shoulders-turned = Shoulders turned along
rule-chin-raised = Chin went up
rule-chin-dropped = Chin dropped
rule-chin-poked = Chin poked forward
rule-chin-short = Chin not close enough to the chest
rule-head-up-missed = Head not lifted all the way
rule-retraction-short = Head not drawn back far enough
rule-release-missed = Did not let go fully
rule-head-turned = Head turned
rule-head-bent = Head bent to the side
rule-head-dropped = Head hung to the side
rule-head-leading = Head turned more than the chest
rule-head-thrown-back = Head thrown back
rule-head-hanging = Head was hanging

# Shoulders and arms
rule-elbows-opened = Elbows opened
rule-hands-fallen = Hands fell forward
rule-arms-too-narrow = Arms too close together
rule-elbow-short = Elbow not bent far enough
rule-elbow-not-straight = Elbow not straightened all the way
rule-upper-arm-swinging = Upper arm swung forward
rule-shrug-short = Shoulders not lifted high enough
rule-shoulders-not-down = Shoulders not lowered all the way
rule-shoulders-raised = Shoulders were pulled up
rule-arms-back-short = Arms not far enough back

# Back
rule-extension-short = Not leaned back far enough
rule-upright-missed = Did not come all the way upright
rule-slumped = Slumped

# Steps
rule-step-narrow = Step was too narrow

# Legs, hips and feet
rule-squat-too-deep = Too deep
rule-hinge-depth = Not bowed far enough
rule-knees-bending = Knees bent too much
rule-knees-forward = Knees moved forward
rule-knees-bent = Knees were bent
rule-knee-bend = Knee not bent far enough
rule-knee-straightening = Knee not straightened all the way
rule-knee-height = Knee not lifted high enough
rule-thigh-forward = Thigh moved forward
rule-thigh-lifting = Thigh came off the chair
rule-step-up-height = Did not step up all the way
rule-foot-down = Foot not lowered all the way
rule-leg-height = Leg not lifted high enough
rule-leg-back = Leg not stretched back far enough
rule-leg-lowering = Leg not lowered all the way
rule-leg-forward = Leg came forward
rule-pelvis-hiked = Hip was pulled up
rule-pelvis-dropped = Hip sank on one side
rule-shift-short = Weight not moved far enough
rule-sitting-down = Did not sit down all the way
rule-arms-used = Arms were not crossed
rule-heel-height = Heels not lifted high enough
rule-toe-height = Toes not lifted high enough
rule-feet-sliding = Feet slid forward

# On the floor
rule-hip-height = Hips not lifted high enough
rule-hips-lowering = Hips not lowered all the way
rule-hips-sagging = Hips out of line
rule-hips-lifting = Hips came off the floor
rule-back-arched = Lower back arched
rule-feet-far = Feet too far from the hips
rule-trunk-lifting = Back came off the floor
rule-trunk-dropped = Chest sank
rule-curl-height = Shoulders not lifted high enough
rule-sat-up = Sat up too far
rule-neck-pulled = Neck bent too far
rule-leg-too-high = Leg lifted too high
rule-knee-return = Knee not brought back
rule-elbow-far = Elbow not under the shoulder
rule-press-height = Chest not raised high enough
rule-chest-lowering = Chest not lowered all the way

rule-hand-up-missed = Hand not brought all the way up
rule-elbow-dropped = Elbow sank
rule-arm-too-far-out = Arm too far to the side
# What differs from how other people do it right (reference motion). `usual` is what their correct repetitions have.
rule-like-trunk-flexion = { $way ->
    [under] Body more upright than usual
   *[over] Body leaned further forward than usual
}
rule-like-pelvis-height = { $way ->
    [under] Hips lower than usual
   *[over] Hips higher than usual
}
rule-like-hips-forward = { $way ->
    [under] Hips further back than usual
   *[over] Hips further forward than usual
}
rule-like-trunk-side-lean = { $way ->
    [under] Body leaned the other way
   *[over] Body leaned to the side more than usual
}
rule-like-trunk-rotation = { $way ->
    [under] Shoulders turned the other way
   *[over] Shoulders turned more than usual
}
rule-like-pelvis-hike = { $way ->
    [under] Hip dropped more than usual
   *[over] Hip pulled up more than usual
}
rule-like-shoulder-tilt = { $way ->
    [under] Shoulder dropped more than usual
   *[over] Shoulder pulled up more than usual
}
rule-like-hips-sideways = { $way ->
    [under] Hips moved to the other side
   *[over] Hips moved to the side more than usual
}
rule-like-arm-elevation = { $way ->
    [under] Arm lower than usual
   *[over] Arm higher than usual
}
rule-like-arm-forward = { $way ->
    [under] Upper arm further back than usual
   *[over] Upper arm further forward than usual
}
rule-like-arm-out = { $way ->
    [under] Upper arm closer to the body than usual
   *[over] Upper arm further out than usual
}
rule-like-forearm-up = { $way ->
    [under] Forearm lower than usual
   *[over] Forearm higher than usual
}
rule-like-forearm-forward = { $way ->
    [under] Forearm further back than usual
   *[over] Forearm further forward than usual
}
rule-like-forearm-out = { $way ->
    [under] Forearm closer to the middle than usual
   *[over] Forearm further out than usual
}
rule-like-elbow-flexion = { $way ->
    [under] Elbow straighter than usual
   *[over] Elbow bent more than usual
}
rule-like-hip-flexion = { $way ->
    [under] Hip bent less than usual
   *[over] Hip bent more than usual
}
rule-like-hip-abduction = { $way ->
    [under] Leg closer to the middle than usual
   *[over] Leg further out than usual
}
rule-like-knee-flexion = { $way ->
    [under] Knee bent less than usual
   *[over] Knee bent more than usual
}
rule-like-knee-valgus = { $way ->
    [under] Knee further out than usual
   *[over] Knee further in than usual
}
rule-like-foot-lift = { $way ->
    [under] Foot lower than usual
   *[over] Foot higher than usual
}
rule-like-foot-forward = { $way ->
    [under] Foot further back than usual
   *[over] Foot further forward than usual
}
rule-like-foot-out = { $way ->
    [under] Feet closer together than usual
   *[over] Feet further apart than usual
}
