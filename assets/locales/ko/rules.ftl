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
