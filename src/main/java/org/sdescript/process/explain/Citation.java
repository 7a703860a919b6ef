package org.sdescript.process.explain;

/** The citations of the rules. */
public enum Citation {
    ANDERSON("Anderson 1982; Song et al. 2021, appendix A"),
    CONTINUITY("Maoutsa et al. 2020; Song et al. 2021, appendix D.1"),
    FOKKER_PLANCK("Fokker 1914, Planck 1917; Särkkä & Solin 2019, §5.2"),
    FAMILY("Huang et al. 2021; Zhang & Chen 2023"),
    INTERPOLANT("Albergo, Boffi & Vanden-Eijnden 2023, theorems 2.6 and 2.8"),
    LINEAR("Särkkä & Solin 2019, §6.1"),
    CAYLEY_HAMILTON("Cayley and Hamilton: a matrix satisfies its own characteristic equation"),
    PUTZER("Putzer 1966"),
    STRATONOVICH("Kloeden & Platen 1992, §4.9"),
    CHAIN("Song et al. 2021, appendix B"),
    STATED("Karras et al. 2022, appendix B"),
    PRIOR("Song et al. 2021, appendix B and C"),
    CHANGE("Itô 1951; Karras et al. 2022, appendix B"),
    DOOB("Doob 1957; Rogers & Williams 2000, volume 2"),
    CLOCK("Øksendal 2003, §8.5");

    private final String citation;

    Citation(String citation) {
        this.citation = citation;
    }

    public String citation() {
        return citation;
    }
}
