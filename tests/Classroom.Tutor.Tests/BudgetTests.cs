namespace Classroom.Tutor.Tests;

/// <summary>
/// What is held before a call is settled after it, whatever became of the call: what the budget says was spent is what was used, and what
/// the answer or the failure says it used.
/// </summary>
public sealed class BudgetTests : IAsyncLifetime
{
    /// <summary>What the local server says that a whole answer used.</summary>
    private const int Whole = 30;

    private ProtocolServer _server = null!;

    public async Task InitializeAsync() => _server = await ProtocolServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public static TheoryData<Ability> Abilities => [.. Asking.All];

    public static TheoryData<Ability, Mood> Failures
    {
        get
        {
            var all = new TheoryData<Ability, Mood>();
            foreach (var ability in Asking.All)
            {
                foreach (var mood in new[] { Mood.Busy, Mood.Broken, Mood.Cut, Mood.Silent, Mood.Stalled, Mood.Garbage, Mood.Empty })
                {
                    all.Add(ability, mood);
                }
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failing_provider_costs_what_it_used(Ability ability, Mood mood)
    {
        (_server.Mood, _server.StallAfter, _server.CutAfter) = (mood, 8, 8);
        _server.Answer = Asking.Answer(ability, Asking.Good, Asking.Good);
        if (ability != Ability.Explain)
        {
            _server.HasRead.TrySetResult();
        }

        var (outcome, budget) = await Ask(ability, o =>
        {
            var wait = mood is Mood.Silent or Mood.Stalled ? TimeSpan.FromMilliseconds(500) : TimeSpan.FromSeconds(20);
            (o.FirstTokenWithin, o.NextTokenWithin) = (mood == Mood.Silent ? wait : TimeSpan.FromSeconds(20), wait);
        });
        outcome.Fault.ShouldNotBeNull();
        ShouldBeSettled(budget, outcome);
        if (mood is Mood.Empty)
        {
            budget.Spent.ShouldBe(Whole, "an answer without a word is billed all the same");
        }
        else if (mood is Mood.Stalled)
        {
            budget.Spent.ShouldBeGreaterThan(0, "words came, and nobody said what they cost: they are counted by their length");
        }
        else if (mood is not Mood.Cut)
        {
            budget.Spent.ShouldBe(0);
        }
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_good_answer_costs_what_it_used(Ability ability)
    {
        _server.Answer = Asking.Answer(ability, Asking.Good);
        var (outcome, budget) = await Ask(ability);
        outcome.Fault.ShouldBeNull();
        ShouldBeSettled(budget, outcome);
        budget.Spent.ShouldBe(Whole);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_repaired_answer_costs_both_attempts(Ability ability)
    {
        var answers = new Queue<string>([Asking.Answer(ability, Asking.Wrong), Asking.Answer(ability, Asking.Good)]);
        _server.AnswerTo = _ => answers.Dequeue();
        var (outcome, budget) = await Ask(ability);
        outcome.Fault.ShouldBeNull();
        outcome.Text.ShouldContain(Asking.Good);
        ShouldBeSettled(budget, outcome);
        AtMostWhole(ability, budget, 2);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Two_answers_in_the_wrong_language_cost_both(Ability ability)
    {
        _server.Answer = Asking.Answer(ability, Asking.Wrong);
        var (outcome, budget) = await Ask(ability);
        outcome.Fault.ShouldBe("wrong-language");
        ShouldBeSettled(budget, outcome);
        AtMostWhole(ability, budget, 2);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_provider_that_fails_at_the_repair_costs_the_first_attempt(Ability ability)
    {
        _server.AnswerTo = _ =>
        {
            _server.Mood = Mood.Broken;
            return Asking.Answer(ability, Asking.Wrong);
        };
        var (outcome, budget) = await Ask(ability);
        outcome.Fault.ShouldBe("tutor-unavailable");
        ShouldBeSettled(budget, outcome);
        AtMostWhole(ability, budget, 1);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_withheld_answer_costs_what_it_used(Ability ability)
    {
        _server.Answer = Asking.Answer(ability, Asking.Good, "how to make a bomb", Asking.Good);
        var (outcome, budget) = await Ask(ability);
        outcome.Incidents.ShouldContain(i => i.Kind == "output-withheld");
        ShouldBeSettled(budget, outcome);
        budget.Spent.ShouldBeGreaterThan(0);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_question_that_is_withheld_costs_nothing(Ability ability)
    {
        // No candidate is asked for with words of people: they are never withheld.
        _server.Answer = Asking.Answer(ability, Asking.Good);
        var (outcome, budget) = await Ask(ability, written: "как сделать бомбу");
        ShouldBeSettled(budget, outcome);
        budget.Calls.ShouldBe(ability == Ability.Prompts ? 1 : 0);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task A_call_that_is_given_up_costs_what_had_come(Ability ability)
    {
        (_server.Mood, _server.StallAfter) = (Mood.Stalled, 8);
        _server.Answer = Asking.Answer(ability, Asking.Good, Asking.Good);
        using var stop = new CancellationTokenSource();
        var budget = new CountingBudget(100_000);
        var asked = Asking.AskAsync(Tutor(budget, o => o.NextTokenWithin = o.FirstTokenWithin = TimeSpan.FromMinutes(1)), ability, stop: stop.Token);
        await _server.Said.Task;
        await stop.CancelAsync();
        var outcome = await asked;
        outcome.Fault.ShouldBe("tutor-stopped");
        ShouldBeSettled(budget, outcome);
    }

    [Theory]
    [MemberData(nameof(Abilities))]
    public async Task Where_nothing_is_left_nobody_is_asked(Ability ability)
    {
        var budget = new CountingBudget(0);
        var outcome = await Asking.AskAsync(Tutor(budget), ability);
        outcome.Fault.ShouldBe("budget-reached");
        ShouldBeSettled(budget, outcome);
        _server.Requests.ShouldBeEmpty();
    }

    // A stream that is in the wrong language is not read to its end, so what it cost is counted by its length.
    private static void AtMostWhole(Ability ability, CountingBudget budget, int attempts)
    {
        if (ability == Ability.Explain)
        {
            budget.Spent.ShouldBeGreaterThan(attempts == 1 ? 0 : Whole);
        }
        else
        {
            budget.Spent.ShouldBe(attempts * Whole);
        }
    }

    private static void ShouldBeSettled(CountingBudget budget, Outcome outcome)
    {
        budget.Open.ShouldBe(0, "every hold is settled");
        budget.Spent.ShouldBe(outcome.Tokens, "the budget and the record of the lesson agree");
    }

    private ModelTutor Tutor(CountingBudget budget, Action<ModelOptions>? change = null)
    {
        var options = Sample.OptionsFor(_server.Endpoint);
        change?.Invoke(options);
        return ModelTutor.Create(options, budget, null, TimeProvider.System);
    }

    private async Task<(Outcome Outcome, CountingBudget Budget)> Ask(Ability ability, Action<ModelOptions>? change = null, string written = Asking.Good)
    {
        var budget = new CountingBudget(100_000);
        var outcome = await Asking.AskAsync(
            Tutor(budget, change), ability, Asking.PlaceOf(ability), written, onPiece: () => _server.HasRead.TrySetResult());
        return (outcome, budget);
    }
}
