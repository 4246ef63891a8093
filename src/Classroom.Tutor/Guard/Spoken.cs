namespace Classroom.Tutor;

/// <summary>
/// Words of a model that a child will read as they are: without HTML, links, marks, claims of having acted for the teacher, and questions that pry. What is only markup is taken off;
/// a sentence with an address, a mark, a claim or such a question goes whole. (Explanations are streamed: there such a sentence ends the text. Of candidates for a discussion,
/// the teacher chooses: one that holds any of it is left out.)
/// </summary>
internal static class Spoken
{
    /// <returns>link, mark, claim, or null.</returns>
    public static string? Find(string text) => Markup.IsIn(text) || Markup.HasLink(text) ? "link" : MarkTalk.IsIn(text) ? "mark" : Claims.AreIn(text) ? "claim" : null;

    /// <summary>What may be said of it. Each thing that was taken out is an incident.</summary>
    /// <param name="isOfWork">It is said of a child's work.</param>
    public static string Without(string text, TutorCall call, bool isOfWork = false)
    {
        var plain = Markup.Strip(text);
        if (plain != text)
        {
            call.Incident("link-dropped");
        }

        plain = Without(plain, Markup.HasLink, "link-dropped", call);
        // "I give you a five" is both: a mark first.
        var (clean, marks) = MarkTalk.Without(plain, isOfWork);
        for (var i = 0; i < marks; i++)
        {
            call.Incident("mark-dropped");
        }

        return Without(Without(clean, Claims.AreIn, "claim-dropped", call), PrivateLife.Asks, "private-dropped", call);
    }

    private static string Without(string text, Predicate<string> isIn, string incident, TutorCall call)
    {
        if (!isIn(text))
        {
            return text;
        }

        call.Incident(incident);
        var kept = string.Join(' ', Kits.Sentences.Split(text).Where(s => !isIn(s)));
        return isIn(kept) ? "" : kept;
    }
}
