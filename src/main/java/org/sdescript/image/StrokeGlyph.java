package org.sdescript.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A character as pen strokes, on a grid with capitals from y = 0 to the base line y = 8.
 *
 * @param strokes the points x, y of each stroke
 * @param advance the distance to the next character
 */
public record StrokeGlyph(List<double[][]> strokes, double advance) {
    private static final double SPACING = 2.3;
    private static final int SMOOTHINGS = 3;

    /**
     * One line per character: the character, then its strokes. A stroke is the hexadecimal x and y of each point;
     * after ~ the points are the control points of a smooth curve.
     */
    private static final String ALPHABET = """
            0 ~00404448080400
            1 122028
            2 ~0200404408 0848
            3 ~0100404424 ~2444480807
            4 38300646
            5 400004 ~0443480807
            6 ~0343480803 ~300106
            7 004018
            8 ~0040440400 ~0444480804
            9 ~0040450500 ~424718
            A 082048 1535
            B 0800 ~0020404424 0424 ~2444482808
            C ~42400004084846
            D 0800 ~002040444828 2808
            E 40000848 0434
            F 400008 0434
            G ~42400004084846 464424
            H 0008 4048 0444
            I 1018
            J 3035 ~35380806
            K 0008 4005 1448
            L 000848
            M 0800346068
            N 08004840
            O ~002040444828080400
            P 0800 ~0020404424 0424
            Q ~002040444828080400 2648
            R 0800 ~0020404424 0424 2448
            S ~400004444808
            T 0040 2028
            U ~000508484540
            V 002840
            W 0018325860
            X 0048 4008
            Y 002440 2428
            Z 00400848
            a ~0343480803 4348
            b 0008 ~0343480803
            c ~444303084847
            d ~0343480803 4048
            e 0545 ~454303084847
            f ~30101318 0333
            g ~0343480803 4348 ~484b0b0a
            h 0008 ~0603434648
            i 1318 1011
            j 2328 ~282b0b 2021
            k 0008 3306 1538
            l 1018
            m 0308 ~0503333538 ~3533636568
            n 0308 ~0603434648
            o ~0343480803
            p 030b ~0343480803
            q 434b ~0343480803
            r 0308 ~060333
            s ~430306454808
            t 1016 ~16183837 0333
            u ~0305084845 4348
            v 032843
            w 0318345863
            x 0348 4308
            y 0328 431b
            z 03430848
            . 1718
            , 180a
            : 1415 1718
            ; 1415 180a
            ! 1015 1718
            ? ~0100404424 2425 2728
            ' 1012
            " 1012 3032
            - 0535
            − 0545
            + 0545 2327
            = 0444 0646
            / 0840
            \\ 0048
            ( ~20020729
            ) ~00222709
            [ 20000a2a
            ] 00202a0a
            { ~20101505 ~05151a2a
            } ~00101525 ~25151a0a
            _ 0949
            * 2226 0345 4305
            % 0840 ~0020220200 ~2646482826
            # 1018 3038 0343 0646
            & ~4812103033050838 3845
            @ ~2343462623 ~434666600008384848
            < 420548
            > 024508
            | 101a
            ~ ~060424264644
            ^ 032043
            $ ~400004444808 2029
            ` 0011
            α ~432808032348
            β ~0b0000404414 ~1444480806
            γ 0328431b
            ε ~4443030525 ~2505084847
            θ ~0040480800 0444
            λ 1048 2508
            μ 030b ~0305084845 4348
            π 0343 1318 3338
            σ ~0343480803 2353
            τ 0343 ~2325283847
            ⁻ 0525
            × 0347 0743
            · 1415
            … 1718 3738 5758
            """;

    private static final Map<Integer, StrokeGlyph> GLYPHS = parse();

    /** The box for characters without strokes. */
    private static final StrokeGlyph UNKNOWN = glyph("0040480800".split(" "));

    public static StrokeGlyph of(int letter) {
        return switch (letter) {
            case ' ', '\u00a0' -> new StrokeGlyph(List.of(), 3);
            case '\u2009', '\u202f' -> new StrokeGlyph(List.of(), 1.5);
            default -> GLYPHS.getOrDefault(letter, UNKNOWN);
        };
    }

    private static Map<Integer, StrokeGlyph> parse() {
        Map<Integer, StrokeGlyph> glyphs = new HashMap<>();
        ALPHABET.lines()
                .forEach(line ->
                        glyphs.put(line.codePointAt(0), glyph(line.substring(2).split(" "))));
        return glyphs;
    }

    private static StrokeGlyph glyph(String[] drawn) {
        List<double[][]> strokes = new ArrayList<>();
        double right = 0;
        for (String stroke : drawn) {
            boolean smooth = stroke.startsWith("~");
            double[][] points = points(smooth ? stroke.substring(1) : stroke);
            for (double[] point : points) {
                right = Math.max(right, point[0]);
            }
            strokes.add(smooth ? smoothed(points) : points);
        }
        return new StrokeGlyph(strokes, right + SPACING);
    }

    private static double[][] points(String digits) {
        double[][] points = new double[digits.length() / 2][];
        for (int k = 0; k < points.length; k++) {
            points[k] = new double[] {
                Character.digit(digits.charAt(2 * k), 16), Character.digit(digits.charAt(2 * k + 1), 16)
            };
        }
        return points;
    }

    /**
     * Smooths by Chaikin's corner cutting (1974), which converges to the quadratic B-spline. The end points stay
     * fixed unless the stroke is closed.
     */
    private static double[][] smoothed(double[][] points) {
        boolean closed = Arrays.equals(points[0], points[points.length - 1]);
        double[][] curve = points;
        for (int round = 0; round < SMOOTHINGS; round++) {
            List<double[]> cut = new ArrayList<>();
            for (int k = 0; k + 1 < curve.length; k++) {
                cut.add(between(curve[k], curve[k + 1], 0.25));
                cut.add(between(curve[k], curve[k + 1], 0.75));
            }
            if (closed) {
                cut.add(cut.getFirst());
            } else {
                cut.set(0, curve[0]);
                cut.set(cut.size() - 1, curve[curve.length - 1]);
            }
            curve = cut.toArray(double[][]::new);
        }
        return curve;
    }

    private static double[] between(double[] a, double[] b, double part) {
        return new double[] {a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])};
    }
}
