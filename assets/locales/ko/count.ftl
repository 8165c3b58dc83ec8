# 소리 내어 세기.

count-1 = 하나.
count-2 = 둘.
count-3 = 셋.
count-4 = 넷.
count-5 = 다섯.
count-6 = 여섯.
count-7 = 일곱.
count-8 = 여덟.
count-9 = 아홉.
count-10 = 열.
count-11 = 열하나.
count-12 = 열둘.
count-13 = 열셋.
count-14 = 열넷.
count-15 = 열다섯.
count-16 = 열여섯.
count-17 = 열일곱.
count-18 = 열여덟.
count-19 = 열아홉.
count-20 = 스물.
