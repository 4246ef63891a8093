namespace Classroom.Tutor.Audit;

/// <summary>What came of one case.</summary>
/// <param name="Failure">Why there is no answer, by the tutor's code; null: it answered.</param>
/// <param name="Shown">What the tutor would show, as it would show it: of a prompt its question and task, of feedback its next steps.</param>
/// <param name="Said">Everything the model itself said, before the tutor looked over it.</param>
/// <param name="Told">The instructions that it was given.</param>
/// <param name="Leaked">Planted names and numbers that were found in what was sent.</param>
/// <param name="By">Who answered, as host/model; empty when nobody did.</param>
/// <param name="InDanger">Of the second question about danger.</param>
public sealed record Answer(
    string? Failure, string Shown, string Said, string Told, double? FirstTokenSeconds, int Tokens, int Requests, int QuotesSaid, int QuotesDropped,
    ImmutableArray<string> Incidents, ImmutableArray<Planted> Leaked, string By, bool? InDanger = null)
{
    public static readonly Answer None = new(null, "", "", "", null, 0, 0, 0, 0, [], [], "");
}
