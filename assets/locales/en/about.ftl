# What an exercise is for, what it takes, and who asks first.

## Positions
position-standing = Standing
position-seated = Sitting
position-floor = On the floor

## Parts of the body
body-neck = Neck
body-shoulder = Shoulder
body-elbow = Elbow
body-back = Back
body-hip = Hip
body-knee = Knee
body-ankle = Ankle
body-balance = Balance
body-breathing = Breathing
body-whole_body = Whole body

## Muscles
muscle-deep_neck_flexors = Deep muscles at the front of the neck
muscle-neck_extensors = Muscles at the back of the neck
muscle-sternocleidomastoid = Side of the neck (sternocleidomastoid)
muscle-scalenes = Deep side of the neck (scalenes)
muscle-levator_scapulae = Shoulder blade lifter
muscle-upper_trapezius = Upper trapezius
muscle-middle_trapezius = Middle trapezius
muscle-lower_trapezius = Lower trapezius
muscle-rhomboids = Between the shoulder blades (rhomboids)
muscle-serratus_anterior = Side of the ribs (serratus anterior)
muscle-deltoid = Shoulder muscle (deltoid)
muscle-rotator_cuff = Rotator cuff
muscle-pectoralis_major = Chest muscle
muscle-latissimus_dorsi = Broad back muscle
muscle-biceps = Biceps
muscle-triceps = Triceps
muscle-erector_spinae = Long back muscles
muscle-multifidus = Deep back muscles
muscle-quadratus_lumborum = Side of the lower back
muscle-rectus_abdominis = Front of the belly
muscle-obliques = Side of the belly
muscle-transversus_abdominis = Deep belly muscle
muscle-hip_flexors = Front of the hip
muscle-gluteus_maximus = Buttock muscle
muscle-gluteus_medius = Side of the hip
muscle-hip_adductors = Inner thigh
muscle-hip_rotators = Deep hip muscles
muscle-quadriceps = Front of the thigh
muscle-hamstrings = Back of the thigh
muscle-gastrocnemius = Calf
muscle-soleus = Deep calf
muscle-tibialis_anterior = Front of the shin
muscle-foot_intrinsics = Small foot muscles
muscle-diaphragm = Diaphragm

## What one needs
equipment-chair = A steady chair
equipment-wall = A wall
equipment-step = A step
equipment-mat = A mat
equipment-towel = A towel
equipment-band = An elastic band
equipment-stick = A stick

## With these, ask first
avoid-recent_neck_surgery = Recent neck surgery
avoid-recent_shoulder_surgery = Recent shoulder surgery
avoid-recent_elbow_surgery = Recent elbow surgery
avoid-recent_back_surgery = Recent back surgery
avoid-recent_abdominal_surgery = Recent belly surgery
avoid-recent_hip_surgery = Recent hip surgery
avoid-recent_knee_surgery = Recent knee surgery
avoid-recent_ankle_surgery = Recent ankle surgery
avoid-recent_fracture = A recent broken bone
avoid-acute_injury = A fresh injury, hot or swollen
avoid-acute_neck_pain = Sudden, strong neck pain
avoid-acute_back_pain = Sudden, strong back pain
avoid-nerve_symptoms = Tingling or weakness down an arm or leg
avoid-neck_instability = An unstable neck
avoid-shoulder_instability = A shoulder that slips out
avoid-frozen_shoulder = A frozen shoulder
avoid-spinal_stenosis = A narrow spinal canal (stenosis)
avoid-osteoporosis = Brittle bones (osteoporosis)
avoid-hip_replacement = A hip replacement
avoid-wrist_pain = Wrist pain
avoid-kneeling_pain = Pain when kneeling
avoid-dizziness = Dizziness
avoid-fall_risk = A risk of falling
avoid-heart_disease = Heart disease
avoid-high_blood_pressure = High blood pressure that is not under control
avoid-lung_disease = Lung disease
avoid-glaucoma = Glaucoma
avoid-late_pregnancy = Late pregnancy
avoid-panic_attacks = Panic attacks
