using Microsoft.Extensions.AI;

namespace Classroom.Tutor;

/// <summary>The second, cheap question about a text of which the words alone do not tell: is a child in danger here? Without a model nobody is asked.</summary>
internal sealed class DangerAbility : TutorAbility<DangerRequest, DangerAnswer>
{
    // One word; a model that thinks first needs room for it.
    private static readonly ChatOptions Wanted = new() { MaxOutputTokens = 400 };

    protected override async Task<DangerAnswer> AskModelAsync(DangerRequest request, ModelAccess model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var conversation = new ModelConversation(model, request.Call, Template.Of("danger", null));
        conversation.AddWritten("TEXT", request.Text);
        return await conversation.AnswerAsync(Wanted, (words, _) => ValueTask.FromResult(Said(words) is { } isInDanger
            ? new Reading<DangerAnswer>(new DangerAnswer(isInDanger, conversation.Source))
            : new Reading<DangerAnswer>(null, Template.Line("danger", null, "repair"))), cancellationToken);
    }

    protected override Task<DangerAnswer> PreparedAsync(DangerRequest request, PreparedText text, CancellationToken cancellationToken) =>
        Task.FromException<DangerAnswer>(new TutorException("no-prepared-text"));

    private static bool? Said(string words) => words.Trim().Trim('"', '*', '.', '«', '»').ToLowerInvariant() switch
    {
        var w when w.StartsWith("yes", StringComparison.Ordinal) || w.StartsWith("да", StringComparison.Ordinal) || w.StartsWith("иә", StringComparison.Ordinal) => true,
        var w when w.StartsWith("no", StringComparison.Ordinal) || w.StartsWith("нет", StringComparison.Ordinal) || w.StartsWith("жоқ", StringComparison.Ordinal) => false,
        _ => null,
    };
}
