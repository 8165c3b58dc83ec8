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
