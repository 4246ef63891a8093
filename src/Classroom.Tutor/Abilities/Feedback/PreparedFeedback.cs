using Classroom.Kits;

namespace Classroom.Tutor;

/// <summary>
/// What can be said without a model: for each descriptor the student's own sentence about it, or none, and the author's next steps for the teacher to choose
/// from. It judges nothing: there is no verdict in it.
/// </summary>
internal static class PreparedFeedback
{
    public static async Task<FeedbackDraft> OfAsync(FeedbackRequest request, PreparedText text, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var started = text.Time.GetTimestamp();
        var step = await text.StepAsync((request.Plan.KitId, request.Plan.KitHash), request.Plan.LessonId, request.Step.Id, cancellationToken);
        var task = step.Plan.Task ?? throw new TutorException("no-prepared-text");
        var descriptors = task.Criteria.SelectMany(c => c.Descriptors).ToList();
        var evidence = Evidence.Of(request.Work, descriptors.ConvertAll(d => d.Text.In(request.Language)));
        ImmutableArray<DescriptorHint> hints =
        [
            .. from d in descriptors
               let hint = step.DescriptorHints[d.Id]
               select new DescriptorHint(d.Id, hint.NotYet.In(request.Language), hint.Partly.In(request.Language), hint.Met.In(request.Language)),
        ];
        return new FeedbackDraft(
            [.. descriptors.Select((d, i) => new FeedbackItem(d.Id, null, evidence[i], ""))], 0, text.Source(request.Plan.KitId, "feedback", started)) { Hints = hints };
    }
}
