namespace Classroom.Kits;

/// <summary>Commands of TeX that a school's formulas are written with. What else stands behind a backslash may be anything: a folder, a letter of code, a name.</summary>
public static class TexNames
{
    private static readonly HashSet<string> All = new(StringComparer.Ordinal);

    static TexNames()
    {
        const string Letters = "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi varphi chi psi omega "
            + "Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega ";
        const string Signs = "sin cos tan tg ctg cot arcsin arccos arctan log ln lg exp lim max min gcd lcm mod cdot times div pm mp le leq ge geq ne neq lt gt approx equiv sim cong "
            + "propto infty to rightarrow leftarrow Rightarrow Leftrightarrow degree circ prime angle triangle parallel perp in notin cup cap subset emptyset forall exists sum prod int "
            + "partial nabla ldots cdots dots quad qquad ";
        const string Forms = "frac dfrac tfrac cfrac sqrt binom text textbf textit mbox mathrm mathbf mathit operatorname ce pu left right big Big begin end boxed overline underline "
            + "vec hat bar dot cancel displaystyle overrightarrow widehat";
        All.UnionWith((Letters + Signs + Forms).Split(' '));
    }

    /// <param name="name">Without its backslash.</param>
    public static bool Has(string name) => All.Contains(name);
}
