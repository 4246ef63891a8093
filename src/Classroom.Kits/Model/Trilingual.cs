namespace Classroom.Kits;

/// <summary>The three languages of a kit. Every text has all three.</summary>
public enum KitLanguage
{
    Kk,
    Ru,
    En,
}

/// <summary>One text in Kazakh, Russian and English. Invariant: none of the three is empty in a loaded kit.</summary>
public sealed record Trilingual(string Kk, string Ru, string En)
{
    public static readonly Trilingual Empty = new("", "", "");

    public string In(KitLanguage language) => language switch
    {
        KitLanguage.Kk => Kk,
        KitLanguage.Ru => Ru,
        _ => En,
    };
}
