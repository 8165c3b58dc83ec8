# 준비: 운동 전에 살펴보는 것과 손으로 고르기.

setup-title = 잘 보이는지 볼게요
setup-ready = 잘 보여요. 그대로 계세요. 곧 시작해요.
setup-not-ready = 거의 다 됐어요
setup-checks = 지금 살펴보는 것
setup-check-seen = 모습이 보여요
setup-check-distance = 거리
setup-check-head = 머리 위 여유
setup-check-feet = 필요한 곳까지 몸이 보이기
setup-check-sides = 양옆 여유
setup-check-turn = 몸의 방향
setup-check-joints = 가려진 곳 없음
setup-check-light = 밝기
setup-check-alone = 화면에 혼자 있기
setup-check-camera = 카메라 수평
setup-state-ok = 좋아요
setup-state-not = 바꿔 주세요
setup-state-unknown = 아직 몰라요
setup-optional = 바꾸면 더 좋지만, 이대로 시작해도 괜찮아요.
setup-hidden = 안 보이는 곳: { $joint }
setup-begin-anyway = 이대로 시작하기

gesture-right-hand = 오른손을 2초 동안 들기
gesture-left-hand = 왼손을 2초 동안 들기
gesture-moving = 이 운동에서는 한 손을 머리 위로 4초 동안 가만히 들고 계세요
gesture-off = 이 운동에서는 두 손을 쓰니 키보드나 마우스를 써 주세요
gesture-holding = 그대로 들고 계세요…
gesture-chosen = 됐어요. 손을 내려 주세요
