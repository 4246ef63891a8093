namespace Classroom.Kits.Reading;

/// <summary>Reads {kk, ru, en}: all three, none empty, each in its own letters.</summary>
internal static class TrilingualReader
{
    private static readonly string[] Languages = ["kk", "ru", "en"];

    public static Trilingual Read(Spot spot, int max)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return Trilingual.Empty;
        }

        var texts = Languages.ToDictionary(l => l, l => ReadOne(fields, l, max), StringComparer.Ordinal);
        fields.Close();
        foreach (var (language, text) in texts)
        {
            if (Letters.Complaint(language, text) is { } complaint)
            {
                fields.Optional(language)!.Error(KitErrorCodes.WrongLanguage, complaint);
            }
        }

        return new Trilingual(texts["kk"], texts["ru"], texts["en"]);
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
