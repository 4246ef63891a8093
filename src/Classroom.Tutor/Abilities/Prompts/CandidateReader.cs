namespace Classroom.Tutor;

/// <summary>Finds candidates in a model's words. One that lacks a text, is too long, or holds what it must not is left out.</summary>
internal static class CandidateReader
{
    private const int Most = 5;
    private const int MostRoles = 6;
    private const int MaxText = 600;

    /// <param name="lesson">What the kit's author wrote of it.</param>
    public static ImmutableArray<PromptText> Read(string words, ModelConversation conversation, TutorCall call, string lesson) =>
    [
        .. (ModelJson.TryParse<PromptsJson>(words)?.Candidates ?? []).OfType<PromptText>().Where(IsWhole).Select(c => Restore(c, conversation))
            .Where(c => IsWhole(c) && IsClean(c, call, lesson)).Take(Most).Select((c, i) => c with { Id = $"p{i + 1}", Minutes = Math.Clamp(c.Minutes, 1, 60) }),
    ];

    public static bool IsInItsLanguages(PromptText candidate) =>
        Enum.GetValues<Language>().All(l => LanguageCheck.IsIn(TextOf(candidate, l), l) != false);

    private static bool IsClean(PromptText candidate, TutorCall call, string lesson)
    {
        var all = string.Join('\n', Enum.GetValues<Language>().Select(l => TextOf(candidate, l)));
        var category = LocalRules.Find(all, isAnswer: true);
        var unfit = Spoken.Find(all);
        category ??= PrivateLife.IsIn(all, call.NamesToHide, lesson) ? "private" : null;
        if (category is null && unfit is null)
        {
            return true;
        }

        call.Incident(unfit is null ? "output-withheld" : unfit + "-dropped", category ?? "");
        return false;
    }

    private static PromptText Restore(PromptText p, ModelConversation c)
    {
        Trilingual Back(Trilingual t) => new(c.Restore(t.Kk), c.Restore(t.Ru), c.Restore(t.En));
        return p with
        {
            Image = null,
            Question = Back(p.Question), Make = Back(p.Make), Materials = Back(p.Materials), Sharing = Back(p.Sharing),
            Roles = p.Roles.IsDefault ? [] : [.. p.Roles.Where(IsFull).Select(Back).Where(IsFull).Take(MostRoles)],
        };
    }

    private static string TextOf(PromptText p, Language language) =>
        string.Join('\n', new[] { p.Question, p.Make, p.Materials, p.Sharing }.Concat(p.Roles).Select(t => t.In(language)));

    private static bool IsWhole(PromptText p) => new[] { p.Question, p.Make, p.Materials, p.Sharing }.All(IsFull);

    private static bool IsFull(Trilingual? t) => t is not null
        && t.Each().All(x => !string.IsNullOrWhiteSpace(x) && x.Length <= MaxText);

    private sealed record PromptsJson(List<PromptText?>? Candidates);
}
