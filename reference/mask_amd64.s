#include "textflag.h"

// func maskVectors(p *byte, n int, key uint32) (high uint32)
//
// n is the number of pieces of 128 octets, and not zero.
TEXT ·maskVectors(SB), NOSPLIT, $0-28
	MOVQ         p+0(FP), DI
	MOVQ         n+8(FP), CX
	MOVL         key+16(FP), AX
	VMOVD        AX, X0
	VPBROADCASTD X0, Y0
	VPXOR        Y5, Y5, Y5

piece:
	VPXOR   (DI), Y0, Y1
	VPXOR   32(DI), Y0, Y2
	VPXOR   64(DI), Y0, Y3
	VPXOR   96(DI), Y0, Y4
	VMOVDQU Y1, (DI)
	VMOVDQU Y2, 32(DI)
	VMOVDQU Y3, 64(DI)
	VMOVDQU Y4, 96(DI)
	VPOR    Y1, Y2, Y1
	VPOR    Y3, Y4, Y3
	VPOR    Y1, Y5, Y5
	VPOR    Y3, Y5, Y5
	ADDQ    $128, DI
	DECQ    CX
	JNZ     piece

	VPMOVMSKB Y5, AX
	MOVL      AX, high+24(FP)
	VZEROUPPER
	RET
