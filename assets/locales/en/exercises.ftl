# Names of the exercises.

exercise-squat = Squat
exercise-shoulder-abduction = Side arm raise
exercise-unknown = Exercise

# Neck
exercise-neck-rotation = Head turns
exercise-neck-side-bend = Ear to shoulder
exercise-neck-side-stretch = Side neck stretch
exercise-neck-flexion = Chin to chest
exercise-chin-retraction = Chin tuck

# Shoulder and arm
exercise-shoulder-flexion = Front arm raise
exercise-overhead-reach = Overhead reach
exercise-seated-arm-raise = Seated side arm raise
exercise-w-raise = W raise
exercise-y-raise = Y raise
exercise-elbow-flexion = Elbow bend
exercise-shoulder-shrug = Shoulder shrug
exercise-chest-opener = Chest opener

# Back
exercise-trunk-side-bend = Side bend
exercise-seated-side-bend = Seated side bend
exercise-seated-trunk-rotation = Seated trunk turn
exercise-standing-back-extension = Standing back bend
exercise-seated-back-extension = Seated back bend

# Warm-up
exercise-jumping-jack-step = Step-out jack

# Breathing and relaxation
exercise-paced-breathing = Paced breathing
exercise-easy-breathing = Easy breathing
exercise-muscle-relaxation = Muscle relaxation

# Legs and hips
exercise-mini-squat = Mini squat
exercise-wall-sit = Wall sit
exercise-hip-hinge = Hip hinge
exercise-step-up = Step-up
exercise-standing-knee-bend = Standing knee bend
exercise-standing-hip-abduction = Standing side leg raise
exercise-standing-hip-extension = Standing back leg raise
exercise-standing-march = Standing march
exercise-seated-knee-extension = Seated knee extension
exercise-seated-march = Seated march

# Feet
exercise-heel-raise = Heel raise
exercise-toe-raise = Toe raise
exercise-seated-ankle-pump = Seated ankle pump

# Balance
exercise-weight-shift = Weight shift
exercise-tandem-stance = Heel-to-toe stand
exercise-single-leg-stance = One-leg stand

# On the floor
exercise-bridge = Bridge
exercise-supine-leg-raise = Lying leg raise
exercise-curl-up = Curl-up
exercise-bird-dog = Bird dog
exercise-side-bridge = Side bridge
exercise-press-up-back-extension = Press-up, hips down

# Tests
exercise-chair-stand-30s = 30-second chair stand
exercise-five-times-sit-to-stand = Five chair stands
exercise-single-leg-stance-test = One-leg stand test

# What to do in each phase, in the exercise's own words. Seen from 3 m away: short.
phase-neck-rotation-rest = Sit tall. Turn your head when you are ready
phase-neck-rotation-out = Turn your head slowly
phase-neck-rotation-peak = Good! Now turn back
phase-neck-rotation-return = Slowly back to the middle
phase-neck-side-bend-rest = Sit tall. Bring an ear to its shoulder when you are ready
phase-neck-side-bend-out = Slowly bring your ear to your shoulder
phase-neck-side-bend-peak = Good! Now lift your head
phase-neck-side-bend-return = Slowly back to the middle
phase-neck-side-stretch-rest = Sit tall. Bring an ear to its shoulder and stay there
phase-neck-side-stretch-out = Slowly bring your ear to your shoulder
phase-neck-side-stretch-peak = Stay there and breathe calmly
phase-neck-side-stretch-return = Slowly back to the middle
phase-neck-flexion-rest = Sit tall, with your side to the camera
phase-neck-flexion-out = Slowly bring your chin to your chest
phase-neck-flexion-peak = Good! Now lift your head
phase-neck-flexion-return = Slowly lift your head
phase-chin-retraction-rest = Sit tall, with your side to the camera
phase-chin-retraction-out = Slide your chin straight back
phase-chin-retraction-peak = Good! Hold it, then let go
phase-chin-retraction-return = Let your head come forward again
phase-shoulder-flexion-rest = Stand tall, with your side to the camera
phase-shoulder-flexion-out = Raise your arm to the front
phase-shoulder-flexion-peak = Good! Now lower it slowly
phase-shoulder-flexion-return = Lower it slowly
phase-overhead-reach-rest = Arms down. Raise both when you are ready
phase-overhead-reach-out = Raise both arms over your head
phase-overhead-reach-peak = Good! Now lower them slowly
phase-overhead-reach-return = Lower them slowly
phase-seated-arm-raise-rest = Sit tall. Raise your arms when you are ready
phase-seated-arm-raise-out = Raise your arm out to the side
phase-seated-arm-raise-peak = Good! Now lower it slowly
phase-seated-arm-raise-return = Lower it slowly
phase-w-raise-rest = Bend your elbows at your sides
phase-w-raise-out = Open your arms up into a W
phase-w-raise-peak = Good! Now lower them slowly
phase-w-raise-return = Lower them slowly
phase-y-raise-rest = Arms down. Raise both when you are ready
phase-y-raise-out = Raise both arms up and out into a Y
phase-y-raise-peak = Good! Now lower them slowly
phase-y-raise-return = Lower them slowly
phase-elbow-flexion-rest = Stand tall, with your side to the camera
phase-elbow-flexion-out = Bend your elbow
phase-elbow-flexion-peak = Good! Now straighten it slowly
phase-elbow-flexion-return = Straighten it slowly
phase-shoulder-shrug-rest = Let your arms hang
phase-shoulder-shrug-out = Lift both shoulders to your ears
phase-shoulder-shrug-peak = Good! Now let them sink
phase-shoulder-shrug-return = Let them sink slowly
phase-chest-opener-rest = Join your hands behind your back
phase-chest-opener-out = Draw your straight arms back
phase-chest-opener-peak = Stay there and breathe calmly
phase-chest-opener-return = Let your arms come back slowly
phase-trunk-side-bend-rest = Stand tall, feet a little apart
phase-trunk-side-bend-out = Slide one hand down your leg
phase-trunk-side-bend-peak = Good! Now come up
phase-trunk-side-bend-return = Come up slowly
phase-seated-side-bend-rest = Sit tall. Bend to the side when you are ready
phase-seated-side-bend-out = Slide one hand towards the floor
phase-seated-side-bend-peak = Good! Now come up
phase-seated-side-bend-return = Come up slowly
phase-seated-trunk-rotation-rest = Sit tall, arms crossed on your chest
phase-seated-trunk-rotation-out = Turn your chest to one side
phase-seated-trunk-rotation-peak = Good! Now turn back
phase-seated-trunk-rotation-return = Slowly back to the middle
phase-standing-back-extension-rest = Hands on your hips, with your side to the camera
phase-standing-back-extension-out = Lean back over your hands
phase-standing-back-extension-peak = Good! Now come up
phase-standing-back-extension-return = Come up slowly
phase-seated-back-extension-rest = Sit at the front of the chair, with your side to the camera
phase-seated-back-extension-out = Lift your chest and lean back a little
phase-seated-back-extension-peak = Good! Now come up
phase-seated-back-extension-return = Come up slowly
phase-jumping-jack-step-rest = Stand tall. Step out when you are ready
phase-jumping-jack-step-out = Step to the side, both arms up
phase-jumping-jack-step-peak = Good! Now back to the middle
phase-jumping-jack-step-return = Step back, arms down
phase-paced-breathing-rest = Wait a moment
phase-paced-breathing-out = Breathe in
phase-paced-breathing-peak = Hold your breath
phase-paced-breathing-return = Breathe out
phase-easy-breathing-rest = Wait a moment
phase-easy-breathing-out = Breathe in
phase-easy-breathing-peak = Hold your breath
phase-easy-breathing-return = Breathe out
phase-muscle-relaxation-rest = Rest, and feel how loose it is
phase-muscle-relaxation-out = Tense the muscle
phase-muscle-relaxation-peak = Keep it tense, and breathe
phase-muscle-relaxation-return = Let go
