# `baro report`가 만드는 보고서.

## 보이는 것
report-length = { $seconds }초, 사진 { $frames }장
report-score = 점수 (100점)
report-complete = 끝까지 한 횟수
report-partial = 끝내지 못함
report-parts = 점수 내역
report-curves = 시간에 따른 움직임
report-curves-help = 옅은 띠는 값이 얼마나 정확한지 보여 줍니다. 세 번에 두 번은 실제 값이 이 띠 안에 있습니다. 회색 구간은 한 번의 동작이고, 빨간 표시는 점수가 깎인 곳입니다.
report-target = 목표 { $value }
report-limit = 기준 { $value }
report-seconds = 초
report-reps = 동작별 기록
report-reps-none = 동작을 보지 못했어요.
report-number = 번호
report-rep = 동작
report-when = 시간
report-side = 쪽
report-remark = 비고
report-left = 왼쪽
report-right = 오른쪽
report-both = 양쪽
report-span = { $from }~{ $to }초
report-faults = 점수가 깎인 곳
report-faults-none = 고칠 점이 없어요.
report-what = 내용
report-measured = 잰 값
report-points = 점수
report-sight = 얼마나 잘 보였나
report-seen = 필요한 부분이 모두 보인 시간: { $percent } %
report-unseen = 보이지 않아 재지 못한 것: { $what }
report-cues = 코치가 한 말
report-cues-none = 한 말이 없어요.
report-method = 각도는 팔을 내리고 똑바로 선 자세를 0°로 잽니다. 깎인 점수마다 내용, 시간, 잰 값, 기준을 적었습니다.
report-no-diagnosis = 이 보고서는 움직임을 적은 것이며 진단이 아닙니다. 아프면 의사나 치료사에게 물어보세요.

## 점수의 갈래
part-range = 범위
part-form = 자세
part-tempo = 속도
part-stability = 안정
part-symmetry = 좌우 균형

## 재는 것
measure-shoulder_abduction = 옆으로 든 팔
measure-shoulder_flexion = 앞으로 든 팔
measure-shoulder_elevation = 든 팔
measure-arm_forward = 몸 앞으로 나온 팔
measure-elbow_flexion = 팔꿈치 굽힘
measure-hip_flexion = 엉덩관절 굽힘
measure-hip_abduction = 옆으로 벌린 다리
measure-knee_flexion = 무릎 굽힘
measure-ankle_dorsiflexion = 발목 굽힘
measure-shank_lean = 앞으로 기운 종아리
measure-heel_rise = 든 뒤꿈치
measure-knee_valgus = 안쪽으로 모인 무릎
measure-knee_separation = 발 너비에 견준 무릎 너비
measure-stance_width = 어깨 너비에 견준 발 너비
measure-trunk_flexion = 앞으로 숙인 몸통
measure-trunk_side_lean = 옆으로 기운 몸통
measure-shoulder_hike = 올라간 어깨
measure-neck_flexion = 앞으로 숙인 고개
measure-neck_side_bend = 옆으로 기울인 고개
measure-neck_rotation = 돌린 고개
measure-head_forward = 앞으로 내민 머리
measure-trunk_rotation = 돌린 몸통
measure-trunk_incline = 똑바로 선 자세에서 기운 몸통
measure-shoulder_rotation = 바깥으로 돌린 팔
measure-hip_rotation = 안쪽으로 돌린 다리
measure-pelvis_hike = 올라간 골반
measure-foot_lift = 든 발
measure-pelvis_height = 골반 높이
measure-com_offset = 균형: 발에서 벗어난 몸의 중심
measure-body_yaw = 카메라에서 돌아선 몸
