# The report page of `baro report`.

## What it shows
report-length = { $seconds } s, { $frames } pictures
report-score = Score of 100
report-complete = Complete
report-partial = Not finished
report-parts = What the score is made of
report-curves = Movement over time
report-curves-help = The pale band is how exact each value is: two times out of three the true value lies inside it. Grey stretches are repetitions. Red marks show where points were lost.
report-target = target { $value }
report-limit = limit { $value }
report-seconds = seconds
report-reps = Repetitions
report-reps-none = No repetition was seen.
report-number = No.
report-rep = Rep.
report-when = When
report-side = Side
report-remark = Remark
report-left = left
report-right = right
report-both = both
report-span = { $from } to { $to } s
report-faults = Where points were lost
report-faults-none = Nothing to correct.
report-what = What
report-measured = Measured
report-points = Points
report-sight = What could be seen
report-seen = All that this exercise needs was seen { $percent } % of the time.
report-unseen = Not measured, because it could not be seen: { $what }.
report-cues = What the coach said
report-cues-none = Nothing was said.
report-method = Angles count from the upright posture with hanging arms, which is 0°. Each lost point names its rule, the time, the measured value and its limit.
report-no-diagnosis = This page describes a movement. It is not a diagnosis; ask your doctor or therapist about pain.

## Parts of the score
part-range = Range
part-form = Form
part-tempo = Tempo
part-stability = Stability
part-symmetry = Symmetry

## What is measured
measure-shoulder_abduction = Arm raised to the side
measure-shoulder_flexion = Arm raised to the front
measure-shoulder_elevation = Arm raised
measure-arm_forward = Arm in front of the body
measure-elbow_flexion = Bend of the elbow
measure-hip_flexion = Bend of the hip
measure-hip_abduction = Leg out to the side
measure-knee_flexion = Bend of the knee
measure-ankle_dorsiflexion = Bend of the ankle
measure-shank_lean = Lower leg leaning forward
measure-heel_rise = Heel raised
measure-knee_valgus = Knee falling inward
measure-knee_separation = Distance of the knees, against the feet
measure-stance_width = Distance of the feet, against the shoulders
measure-trunk_flexion = Upper body leaning forward
measure-trunk_side_lean = Upper body leaning to the side
measure-shoulder_hike = Shoulder pulled up
measure-neck_flexion = Head bent forward
measure-neck_side_bend = Head bent to the side
measure-neck_rotation = Head turned
measure-head_forward = Head pushed forward
measure-trunk_rotation = Upper body turned
measure-trunk_incline = Upper body away from upright
measure-shoulder_rotation = Arm turned outward
measure-hip_rotation = Leg turned inward
measure-pelvis_hike = Hip pulled up
measure-foot_lift = Foot lifted
measure-pelvis_height = Height of the hips
measure-com_offset = Balance: middle of the body away from the feet
measure-body_yaw = Body turned from the camera
