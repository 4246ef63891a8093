using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using Classroom.Kits;

namespace Classroom.Tutor.Tests;

public enum Ability { Explain, Prompts, Feedback, Coach }

/// <summary>Where in a request words of people stand.</summary>
public enum Place { Topic, Passage, Continued, Known, Work, Reflection, Question, EarlierQuestion, EarlierAnswer }

/// <summary>What came of a request, whichever ability it was.</summary>
internal sealed record Outcome(string Text, int Tokens, string? Fault, ImmutableArray<TutorIncident> Incidents, ImmutableArray<string> Flags, Provenance? Source);

/// <summary>The four abilities asked in one way, so that a rule which holds for all of them is one theory.</summary>
internal static class Asking
{
    /// <summary>Long enough that its language is known by its letters alone.</summary>
    public const string Good = "Жапырақ күн сәулесін ұстайды, өсімдіктің өзегіне жеткізеді.";

    public const string Wrong = "This answer is in the wrong language, and it goes on in it for quite a while.";

    public static readonly ImmutableArray<Ability> All = [.. Enum.GetValues<Ability>()];

    public static Ability Of(Place place) => place switch
    {
        Place.Topic or Place.Passage or Place.Continued => Ability.Explain,
        Place.Known => Ability.Prompts,
        Place.Work or Place.Reflection => Ability.Feedback,
        _ => Ability.Coach,
    };

    /// <summary>A place of each ability in which what people wrote is sent.</summary>
    public static Place PlaceOf(Ability ability) => ability switch
    {
        Ability.Explain => Place.Topic, Ability.Prompts => Place.Known, Ability.Feedback => Place.Work, _ => Place.Question,
    };

    /// <summary>What a model answers when it says these things: sentences, candidates or next steps.</summary>
    public static string Answer(Ability ability, params string[] said) => ability switch
    {
        Ability.Explain => string.Join(' ', said),
        Ability.Coach => string.Join(' ', said) + " Өзің қалай ойлайсың?",
        Ability.Prompts => new JsonObject { ["candidates"] = new JsonArray([.. said.Select(Candidate)]) }.ToJsonString(),
        _ => new JsonObject { ["items"] = new JsonArray([.. said.Select(Item)]) }.ToJsonString(),
    };

    public static async Task<Outcome> AskAsync(
        ITutor tutor, Ability ability, Place? place = null, string written = Good, string[]? names = null, Action? onPiece = null,
        KitLesson? lesson = null, bool aiOn = true, CancellationToken stop = default)
    {
        var plan = lesson?.Plan ?? Sample.Plan;
        var step = lesson?.Plan.Steps.First(s => Has(s, ability)) ?? Sample.Make;
        string At(Place p, string otherwise = Good) => p == place ? written : otherwise;
        var call = Sample.Call(ability == Ability.Prompts ? "prompt" : ability.ToString().ToLowerInvariant(), names ?? []);
        var text = new StringBuilder();
        Provenance? source = null;
        try
        {
            switch (ability)
            {
                case Ability.Explain:
                    var request = Sample.Explain(
                        At(Place.Topic), start: place == Place.Continued ? new VariantStart("kk-simple", 1, written + " ", []) : null, call: call);
                    request = request with { Order = request.Order with { Passage = place == Place.Passage ? written : null, AiOn = aiOn } };
                    request = lesson is null || place is not null ? request : request with
                    {
                        Order = request.Order with { KitId = plan.KitId, LessonId = plan.LessonId, StepId = step.Id, TopicId = step.Topics[0].Id },
                    };
                    await foreach (var piece in tutor.Explain(request, stop))
                    {
                        text.Append(piece.Text);
                        source = piece.Provenance ?? source;
                        onPiece?.Invoke();
                    }

                    break;
                case Ability.Prompts:
                    var prompts = await tutor.Ask(new PromptsRequest(call, plan, step, aiOn, [At(Place.Known)]), stop);
                    text.AppendJoin('\n', prompts.Candidates.Select(c => c.Question.Kk));
                    source = prompts.Provenance;
                    break;
                case Ability.Feedback:
                    var draft = await tutor.Ask(new FeedbackRequest(
                        call, plan, step, Language.Kk, At(Place.Work), At(Place.Reflection, ""), aiOn), stop);
                    text.AppendJoin('\n', draft.Items.Select(i => i.NextStep));
                    source = draft.Provenance;
                    break;
                default:
                    var answer = await tutor.Ask(new CoachRequest(
                        call, plan, step, Language.Kk, Level.Simple, AiPolicy.Ask,
                        [new Turn(At(Place.EarlierQuestion), At(Place.EarlierAnswer))], At(Place.Question), aiOn), stop);
                    text.Append(answer.Text);
                    source = answer.Provenance;
                    break;
            }
        }
        catch (TutorException e)
        {
            return new Outcome(text.ToString(), e.Tokens, e.Code, call.TakeIncidents(), [.. call.Flags], e.From);
        }

        return new Outcome(text.ToString(), source!.Tokens, null, call.TakeIncidents(), [.. call.Flags], source);
    }

    private static bool Has(StepPlan step, Ability ability) => ability switch
    {
        Ability.Explain => !step.Topics.IsEmpty,
        Ability.Prompts => step.HasPrompts,
        _ => step.Task is not null,
    };

    private static JsonObject Candidate(string said, int index)
    {
        static JsonObject Text(string kk) => new() { ["kk"] = kk, ["ru"] = "Лист ловит свет.", ["en"] = "A leaf catches light." };
        return new()
        {
            ["id"] = $"p{index + 1}", ["question"] = Text(said), ["make"] = Text("Сурет сал."), ["materials"] = Text("Қағаз."), ["minutes"] = 10,
            ["roles"] = new JsonArray(Text("Суретші")), ["sharing"] = Text("Бір телефон."),
        };
    }

    private static JsonObject Item(string said, int index) => new()
    {
        ["descriptorId"] = $"d{index + 1}", ["quote"] = "", ["verdict"] = "notYet", ["nextStep"] = said,
    };
}
