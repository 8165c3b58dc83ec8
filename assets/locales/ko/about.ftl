# 무엇을 위한 운동인지, 무엇이 필요한지, 누가 먼저 상의해야 하는지.

## 자세
position-standing = 서서
position-seated = 앉아서
position-floor = 바닥에서

## 몸의 부위
body-neck = 목
body-shoulder = 어깨
body-elbow = 팔꿈치
body-back = 허리와 등
body-hip = 엉덩관절
body-knee = 무릎
body-ankle = 발목
body-balance = 균형
body-breathing = 호흡
body-whole_body = 온몸

## 근육
muscle-deep_neck_flexors = 목 앞쪽 깊은 근육
muscle-neck_extensors = 목 뒤쪽 근육
muscle-sternocleidomastoid = 목빗근
muscle-scalenes = 목갈비근
muscle-levator_scapulae = 어깨올림근
muscle-upper_trapezius = 위 등세모근
muscle-middle_trapezius = 중간 등세모근
muscle-lower_trapezius = 아래 등세모근
muscle-rhomboids = 마름근
muscle-serratus_anterior = 앞톱니근
muscle-deltoid = 어깨세모근
muscle-rotator_cuff = 회전근개
muscle-pectoralis_major = 큰가슴근
muscle-latissimus_dorsi = 넓은등근
muscle-biceps = 위팔두갈래근
muscle-triceps = 위팔세갈래근
muscle-erector_spinae = 척추세움근
muscle-multifidus = 뭇갈래근
muscle-quadratus_lumborum = 허리네모근
muscle-rectus_abdominis = 배곧은근
muscle-obliques = 배빗근
muscle-transversus_abdominis = 배가로근
muscle-hip_flexors = 엉덩관절 굽힘근
muscle-gluteus_maximus = 큰볼기근
muscle-gluteus_medius = 중간볼기근
muscle-hip_adductors = 허벅지 안쪽 근육
muscle-hip_rotators = 엉덩관절 돌림근
muscle-quadriceps = 넙다리네갈래근
muscle-hamstrings = 넙다리뒤근육
muscle-gastrocnemius = 장딴지근
muscle-soleus = 가자미근
muscle-tibialis_anterior = 앞정강근
muscle-foot_intrinsics = 발의 작은 근육
muscle-diaphragm = 가로막

## 준비물
equipment-chair = 흔들리지 않는 의자
equipment-wall = 벽
equipment-step = 낮은 계단이나 발판
equipment-mat = 매트
equipment-towel = 수건
equipment-band = 탄력 밴드
equipment-stick = 막대

## 이런 경우 먼저 상의하세요
avoid-recent_neck_surgery = 최근 목 수술
avoid-recent_shoulder_surgery = 최근 어깨 수술
avoid-recent_elbow_surgery = 최근 팔꿈치 수술
avoid-recent_back_surgery = 최근 허리 수술
avoid-recent_abdominal_surgery = 최근 배 수술
avoid-recent_hip_surgery = 최근 엉덩관절 수술
avoid-recent_knee_surgery = 최근 무릎 수술
avoid-recent_ankle_surgery = 최근 발목 수술
avoid-recent_fracture = 최근 골절
avoid-acute_injury = 열이 나거나 부은 최근 부상
avoid-acute_neck_pain = 갑자기 생긴 심한 목 통증
avoid-acute_back_pain = 갑자기 생긴 심한 허리 통증
avoid-nerve_symptoms = 팔이나 다리로 내려가는 저림이나 힘 빠짐
avoid-neck_instability = 불안정한 목
avoid-shoulder_instability = 빠지기 쉬운 어깨
avoid-frozen_shoulder = 오십견(유착성 관절낭염)
avoid-spinal_stenosis = 척추관 협착증
avoid-osteoporosis = 골다공증
avoid-hip_replacement = 인공 엉덩관절
avoid-wrist_pain = 손목 통증
avoid-kneeling_pain = 무릎 꿇을 때의 통증
avoid-dizziness = 어지럼
avoid-fall_risk = 넘어질 위험
avoid-heart_disease = 심장병
avoid-high_blood_pressure = 조절되지 않는 고혈압
avoid-lung_disease = 폐 질환
avoid-glaucoma = 녹내장
avoid-late_pregnancy = 임신 후기
avoid-panic_attacks = 공황 발작
