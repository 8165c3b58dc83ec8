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
