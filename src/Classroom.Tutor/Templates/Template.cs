using System.Reflection;

namespace Classroom.Tutor;

/// <summary>Instructions to a model, one versioned file per ability and language, filled in by name.</summary>
public static class Template
{
    /// <summary>Raised when any template changes; it stands in every provenance.</summary>
    public const string Version = "1";

    private static readonly Dictionary<string, string> Files = Assembly.GetExecutingAssembly().GetManifestResourceNames()
        .Where(n => n.EndsWith(".md", StringComparison.Ordinal)).ToDictionary(
            n => n["Classroom.Tutor.Templates.".Length..^".md".Length],
            n =>
            {
                using var reader = new StreamReader(Assembly.GetExecutingAssembly().GetManifestResourceStream(n)!);
                return reader.ReadToEnd();
            },
            StringComparer.Ordinal);

    public static string Explain(Variant variant, ExplainMode mode, int grade)
    {
        var language = variant.Language;
        return Fill("explain." + language.ToString().ToLowerInvariant(), ("grade", $"{grade}"),
            ("level", Of(Levels, language)[(int)variant.Level]), ("mode", Of(Modes, language)[(int)mode]));
    }

    /// <exception cref="KeyNotFoundException">There is no such template.</exception>
    public static string Fill(string name, params ReadOnlySpan<(string Name, string Value)> values)
    {
        var text = Files[name];
        foreach (var (key, value) in values)
        {
            text = text.Replace("{" + key + "}", value, StringComparison.Ordinal);
        }

        return text.Trim();
    }

    private static string[] Of(string[][] texts, Language language) => texts[(int)language];

    private static readonly string[][] Levels =
    [
        [
            "Ең қарапайым сөздермен жаз: сөйлем 10 сөзден аспасын, термин болса, бірден түсіндір.",
            "Түсінікті жаз: сөйлем 15 сөзден аспасын, негізгі терминдерді қолдан.",
            "Тереңірек жаз: себеп пен салдарды, терминдерді дәл айт.",
        ],
        [
            "Самыми простыми словами: предложение не длиннее 10 слов, термин сразу поясни.",
            "Понятно и просто: предложение не длиннее 15 слов, основные термины употребляй.",
            "Глубже: назови причины и следствия, термины употребляй точно.",
        ],
        [
            "Use the simplest words: sentences of at most 10 words; explain a term at once.",
            "Be clear: sentences of at most 15 words; use the main terms.",
            "Go deeper: name causes and effects; use the terms exactly.",
        ],
    ];

    private static readonly string[][] Modes =
    [
        ["", "Осы бөлікті бұрынғыдан да қарапайым етіп қайта түсіндір.", "Осы бөлікті күнделікті өмірден алынған мысалмен қайта түсіндір.",
            "Осы бөлікті қысқа әңгіме түрінде қайта түсіндір.", "Осы бөлікті рет-ретімен, қадам-қадаммен қайта түсіндір."],
        ["", "Объясни эту часть ещё раз, ещё проще.", "Объясни эту часть ещё раз на примере из жизни.", "Объясни эту часть ещё раз как короткую историю.",
            "Объясни эту часть ещё раз по шагам."],
        ["", "Explain this part again, more simply.", "Explain this part again with an example from life.", "Explain this part again as a short story.",
            "Explain this part again step by step."],
    ];
}
