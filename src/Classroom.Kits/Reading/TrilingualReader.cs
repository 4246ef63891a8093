namespace Classroom.Kits.Reading;

/// <summary>Reads {kk, ru, en}: all three, none empty, each in its own letters.</summary>
internal static class TrilingualReader
{
    public static Trilingual Read(Spot spot, int max, TextKind kind = TextKind.Words)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return Words.NoText;
        }

        var trilingual = Read(fields, max, kind);
        fields.Close();
        return trilingual;
    }

    /// <summary>For a group that has more fields than the three.</summary>
    public static Trilingual Read(Fields fields, int max, TextKind kind = TextKind.Words)
    {
        var texts = Words.Languages.ToDictionary(l => l, l => ReadOne(fields, Words.Of(l), max));
        foreach (var (language, text) in texts)
        {
            foreach (var (code, message) in MarkedText.Complaints(text, kind))
            {
                fields.Optional(Words.Of(language))!.Error(code, message);
            }

            if (Letters.Complaint(language, text) is { } complaint)
            {
                fields.Optional(Words.Of(language))!.Error(KitErrorCodes.WrongLanguage, complaint);
            }
        }

        return new Trilingual(texts[Language.Kk], texts[Language.Ru], texts[Language.En]);
    }

    private static string ReadOne(Fields fields, string language, int max)
    {
        if (fields.Optional(language) is { } spot)
        {
            return spot.Text(max);
        }

        fields.Spot.ErrorAt(language, KitErrorCodes.MissingLanguage, $"the text in \"{language}\" is missing: every text is in kk, ru and en");
        return "";
    }
}
