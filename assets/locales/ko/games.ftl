# 운동으로 치는 놀이. 쉬운 말로 쓰고, 서두르게 하지 않습니다.

game-reach = 공 만지기
    .about = 몸을 세운 채로 어깨를 편하게 움직여요.
    .how = 공이 가만히 떠 있어요. 말씀드리는 손으로 만져 주세요. 공은 기다려 줘요.
    .safe = 튼튼한 의자에 앉거나, 옆에 탁자를 두고 서 주세요. 몸을 기울이지 마세요. 닿지 않은 공은 더 가까이 다시 나와요.
game-balloon = 풍선 놀이
    .about = 팔을 들어 밀면서 몸을 흔들리지 않게 해요.
    .how = 풍선이 천천히 내려와요. 허리 아래로 내려가기 전에 살살 밀어 올려 주세요.
    .safe = 튼튼한 의자에 앉거나, 옆에 탁자를 두고 서 주세요. 풍선을 쫓아가거나 뛰지 말고 그냥 보내 주세요.
game-hurdles = 낮은 장애물 넘기
    .about = 문턱을 안전하게 넘도록 엉덩이와 무릎으로 발을 들어요.
    .how = 발 앞에서 막대가 기다려요. 발을 들면 막대가 발밑으로 지나가요. 그다음 발을 내려 주세요.
    .safe = 튼튼한 의자 뒤에 서서 등받이를 잡거나, 의자에 앉아 주세요. 잡을 것 없이 한 발로 서지 마세요.
game-board = 균형판
    .about = 몸무게가 어디에 실렸는지 느끼고 옮겨 봐요.
    .how = 판이 수평이 될 때까지 천천히 한쪽으로 기울이고, 그대로 있어 주세요.
    .safe = 앞에 튼튼한 의자를 두고 잡을 수 있게 서 주세요. 두 발은 바닥에 붙여 두세요.

## 코치가 하는 말
cue-game-reach = 천천히, 말씀드리는 손으로 공을 만져 주세요.
    .caption = 공을 만져 주세요
cue-game-balloon = 천천히, 풍선을 살살 밀어 올려 주세요.
    .caption = 풍선을 밀어 올려요
cue-game-hurdles = 의자를 잡고, 막대 위로 발을 들어 주세요.
    .caption = 의자 잡고 발 들기
cue-game-board = 판이 수평이 되게 천천히 기울여 주세요.
    .caption = 판을 수평으로
cue-game-left-hand = 왼손이에요.
    .caption = 왼손
cue-game-right-hand = 오른손이에요.
    .caption = 오른손
cue-game-left-foot = 왼발이에요.
    .caption = 왼발
cue-game-right-foot = 오른발이에요.
    .caption = 오른발
cue-game-lean-left = 왼쪽으로 기울여 주세요.
    .caption = 왼쪽으로
cue-game-lean-right = 오른쪽으로 기울여 주세요.
    .caption = 오른쪽으로
cue-game-foot-higher = 발을 조금 더 들어 주세요.
    .caption = 발을 조금 더 높이
cue-game-easier = 괜찮아요. 다음 것은 더 쉬워요.
    .caption = 다음 것은 더 쉬워요

## 화면에서
game-state-ready = 준비되셨나요? 곧 시작해요
game-state-blind = 보일 때까지 기다릴게요
game-state-rest = 잠깐 쉬세요
game-state-pass-left = 왼발을 그대로 들고 계세요
game-state-pass-right = 오른발을 그대로 들고 계세요
game-label-done = 해낸 것
game-label-of = { $tasks }개 중
game-label-waits = 기다리는 중
game-label-safe = 안전하게
game-button-end = 놀이 끝내기
game-button-again = 한 번 더
game-button-close = 닫기

## 결과
game-result-title = 잘하셨어요!
game-result-early = 해 보신 것만으로도 좋아요
game-result-none = 아직 나온 것이 없어서 점수가 없어요.
game-result-done = { $asked }개 중 { $done }개 해냈어요
game-result-left = 왼쪽: { $asked }개 중 { $done }개
game-result-right = 오른쪽: { $asked }개 중 { $done }개
game-result-farthest-reach = 가장 높은 공: { $value } (90°가 어깨 높이)
game-result-farthest-ball = 가장 먼 풍선: 팔 길이의 { $value }
game-result-farthest-hurdles = 가장 높은 막대: 다리 길이의 { $value }
game-result-farthest-board = 가장 멀리 옮긴 곳: 발까지의 { $value }
game-result-why = 점수가 줄어든 까닭
game-result-nothing-lost = 줄어든 점수가 없어요.
game-result-lost = { $reason } – { $points }점
game-result-level = { $level }단계
game-result-seated = 앉아서
game-result-standing = 서서
game-rule-missed = 시간 안에 하지 못했어요
game-rule-lean = 몸이 옆으로 기울었어요
game-rule-speed = 손이 빨랐어요
game-rule-clipped = 발이 막대에 닿았어요
game-rule-tilt = 판이 다시 기울었어요
game-rule-uneven = 한쪽을 덜 했어요
