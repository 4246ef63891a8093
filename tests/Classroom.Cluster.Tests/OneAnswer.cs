using System.Text.RegularExpressions;

namespace Classroom.Cluster.Tests;

/// <summary>Invariant: classes that ask for the same explanation of the same kit at one moment cost one request to the model for each variant.</summary>
public sealed class OneAnswer
{
    private const int Silos = 3;
    private const int Lessons = 9;

    [Fact]
    public async Task Many_classes_at_three_silos_that_ask_for_the_same_ask_the_model_once()
    {
        await using var model = await ProtocolServer.StartAsync();
        await using var cluster = await SiloCluster.StartAsync(Silos, ("Tutor__Endpoint", model.Endpoint), ("Tutor__Model", "local-model"));
        var lessons = new List<LessonHost>();
        try
        {
            for (var i = 0; i < Lessons; i++)
            {
                lessons.Add(await LessonHost.OpenAsync(cluster.Silos[i % Silos]));
                await lessons[i].Teacher.DoAsync("StartLesson", new { });
                await lessons[i].Teacher.DoAsync("GoToStep", new { stepId = lessons[i].StepOf("explain") });
            }

            var explanation = Guid.CreateVersion7();
            await Task.WhenAll(lessons.Select(l => l.Teacher.DoAsync("RequestExplanation", new
            {
                explanationId = explanation, stepId = l.StepOf("explain"), mode = "plain", sentences = Array.Empty<int>(),
                topicId = l.Teacher.Get("step", l.StepOf("explain"))!["topics"]![0]!["id"]!.GetValue<string>(),
            })));
            foreach (var lesson in lessons)
            {
                await lesson.Teacher.UntilAsync(t => t.Get("explanation", explanation.ToString())?["status"]?.GetValue<string>() == "finished", "the end");
                lesson.Teacher.TextOf(explanation, "kk-standard").ShouldBe(model.Answer);
            }

            var asked = model.Requests.Select(r => Regex.Unescape(r.Body)).ToList();
            asked.ShouldNotBeEmpty();
            asked.Distinct().Count().ShouldBe(asked.Count, "nothing was asked twice");
            cluster.Silos.SelectMany(s => s.Failures).ShouldBeEmpty();
        }
        finally
        {
            foreach (var lesson in lessons)
            {
                await lesson.DisposeAsync();
            }
        }
    }
}
