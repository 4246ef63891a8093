using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Classroom.Kits;
using Classroom.Silo.Auth;
using Classroom.Silo.Api;
using Classroom.Silo.Hosting;
using Classroom.Silo.Realtime;
using Classroom.Storage;
using Classroom.Tutor;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Classroom.Load;

/// <summary>
/// The product itself: the silo's own program, started as its own Main starts it, with one service replaced (the tutor, so that every
/// piece carries the time it was due). Lessons and seats are made through the grains; their students then come in over the wire.
/// </summary>
public static class OurServer
{
    /// <summary>Environment of a server that is told that nothing in a fact is a child's: it seals nothing.</summary>
    public const string Unsealed = "LOAD_UNSEALED";
    private static readonly ConcurrentDictionary<Guid, int> Numbers = new();

    public static async Task RunAsync(bool ownTutor)
    {
        var tutor = new StampedTutor(Numbers);
        var host = await StartAsync(services =>
        {
            services.PostConfigure<SocketTransportOptions>(SmallWindows.Set);
            if (!ownTutor)
            {
                services.AddSingleton<ITutor>(tutor);
            }

            if (Environment.GetEnvironmentVariable(Unsealed) is not null)
            {
                services.AddSingleton(new PersonalFields(new Dictionary<string, IReadOnlyDictionary<string, string>>(), static () => new FactOwners()));
            }
        });
        var address = host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        ServerLines.Say(new { port = new Uri(address).Port });
        var made = Array.Empty<Made>();
        await ServerLines.ServeAsync(async words =>
        {
            switch (words[0])
            {
                case "setup":
                    var (count, size) = (int.Parse(words[1], CultureInfo.InvariantCulture), int.Parse(words[2], CultureInfo.InvariantCulture));
                    // One of several: the number of its first lesson, and how many lessons there are.
                    var (first, all) = words.Length < 5 ? (0, count) : (int.Parse(words[3], CultureInfo.InvariantCulture), int.Parse(words[4], CultureInfo.InvariantCulture));
                    tutor.Metronome = new Metronome(all);
                    made = await Task.WhenAll(Enumerable.Range(first, count).Select(i => MakeAsync(host.Services, i, size, words.Contains("fresh"))));
                    return new { paths = made.SelectMany(m => m.Paths), lessons = made.SelectMany(m => Enumerable.Repeat(m.Id, size)), codes = made.Select(m => m.Code), made[0].QuestionId, made[0].Options };
                case "know":
                    foreach (var (id, i) in words.Skip(1).Select((id, i) => (id, i)))
                    {
                        Numbers[Guid.Parse(id)] = i;
                    }

                    return new { };
                case "forget":
                    // As if they had been at a silo that died: the next call loads each from the log.
                    await host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
                    return new { };
                case "touch":
                    await Task.WhenAll(made.Select(m => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(m.Id).SeatOf("")));
                    return new { };
                case "explain":
                    await Task.WhenAll(made.Select(m => ExplainAsync(host.Services, m)));
                    return new { };
                case "rehearse":
                    made = await Task.WhenAll(Enumerable.Range(0, int.Parse(words[1], CultureInfo.InvariantCulture)).Select(_ => RehearseAsync(host.Services)));
                    return new { paths = made.Select(m => BoardOf(host.Services, m)), lessons = made.Select(m => m.Id) };
                case "facts":
                    return new { count = (await Task.WhenAll(made.Select(m => SeqAsync(host.Services, m)))).Sum() };
                case "end":
                    await Task.WhenAll(made.Select(m => Lessons.DoAsync(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(m.Id), m.Teacher, new EndLesson())));
                    return new { };
                case "run":
                    await Task.Factory.StartNew(
                        () => tutor.Metronome!.Run(double.Parse(words[1], CultureInfo.InvariantCulture), double.Parse(words[2], CultureInfo.InvariantCulture)),
                        TaskCreationOptions.LongRunning);
                    return new { given = tutor.Metronome!.Given };
                case "poke":
                    // Three facts that every student receives.
                    await Task.WhenAll(made.Select(m => PokeAsync(host.Services, m)));
                    return new { };
                case "reach":
                    return new { step = await ReachAsync(host.Services, made[0]) };
                case "board":
                    return new { paths = new[] { BoardOf(host.Services, made[0]) }, lessons = new[] { made[0].Id } };
                case "sizes":
                    return await SizesAsync(host.Services, made[0]);
                case "teach":
                    return await Lessons.TeachAsync(
                        host.Services.GetRequiredService<IGrainFactory>(), made[0].Id, made[0].Teacher, made[0].Plan,
                        host.Services.GetRequiredService<IKits>().Now.Find("photosynthesis")!, int.Parse(words[1], CultureInfo.InvariantCulture));
                case "reveal":
                    return await Lessons.RevealAsync(host.Services.GetRequiredService<IGrainFactory>(), made[0].Id, made[0].Teacher, words[1]);
                case "hop":
                    return await HopCost.MeasureAsync(
                        host.Services, made[0].Id, made[0].Teacher, int.Parse(words[1], CultureInfo.InvariantCulture));
                case "collect":
                    GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    return new { };
                default:
                    return new { };
            }
        });
        Environment.Exit(0);
    }

    private static async Task<IHost> StartAsync(Action<IServiceCollection> replace)
    {
        var started = new TaskCompletionSource<IHost>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var listening = DiagnosticListener.AllListeners.Subscribe(new Watcher<DiagnosticListener>(listener =>
        {
            if (listener.Name == "Microsoft.Extensions.Hosting")
            {
                listener.Subscribe(new Watcher<KeyValuePair<string, object?>>(e =>
                {
                    if (e is { Key: "HostBuilding", Value: IHostBuilder building })
                    {
                        building.ConfigureServices((_, services) => replace(services));
                    }
                    else if (e is { Key: "HostBuilt", Value: IHost built })
                    {
                        built.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.Register(() => started.TrySetResult(built));
                    }
                })!);
            }
        }));
        var main = new Thread(() => typeof(ClassroomHub).Assembly.EntryPoint!.Invoke(null, [new[] { "--Urls", "http://127.0.0.1:0" }])) { IsBackground = true };
        main.Start();
        return await started.Task;
    }

    private static async Task<Made> MakeAsync(IServiceProvider services, int number, int size, bool fresh)
    {
        var (grains, kits) = (services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<IKits>().Now);
        var (tickets, time) = (services.GetRequiredService<Tickets>(), services.GetRequiredService<TimeProvider>());
        var id = Guid.CreateVersion7();
        Numbers[id] = number;
        var teacher = new Actor(Role.Teacher, Guid.CreateVersion7(), "Мұғалім");
        var kit = kits.Find("photosynthesis")!;
        var plan = kit.Lessons[0].Plan;
        var grain = grains.GetGrain<IClassroomGrain>(id);
        var code = await services.GetRequiredService<JoinCodes>().LeaseAsync(id);
        await Lessons.DoAsync(grain, teacher, new OpenLesson(plan, "7Б", "Мұғалім", code, null,
            Language.Kk, MarkScales.InForce(services.GetRequiredService<IOptions<MarksOptions>>().Value, time)!));
        var seats = Enumerable.Range(0, size).Select(_ => (Student: Guid.CreateVersion7(), Device: Guid.CreateVersion7())).ToArray();
        await Task.WhenAll(seats.Select((s, i) => Lessons.DoAsync(grain, new Actor(Role.Student, s.Student), new TakeSeat(
            $"Оқушы {i}", Language.Kk, Level.Simple, s.Device, false))));
        var question = plan.Steps.SelectMany(s => s.Questions.Select(q => (Step: s, Question: q))).First(q => q.Question.Kind == QuestionKind.Single);
        if (!fresh)
        {
            await Lessons.DoAsync(grain, teacher, new StartLesson());
            await Lessons.DoAsync(grain, teacher, new GoToStep(question.Step.Id));
            await Lessons.DoAsync(grain, teacher, new AskQuestion(question.Question.Id));
        }

        return new Made(id, code, teacher, plan, question.Question.Id, [.. question.Question.Options.Select(o => o.Id)],
            [.. seats.Select(s => HubSetup.Path + "?access_token=" + Uri.EscapeDataString(tickets.Seal(new Ticket(Role.Student, id, s.Student, s.Device))))]);
    }

    /// <summary>A lesson with a scripted class, begun at the step that explains something.</summary>
    private static async Task<Made> RehearseAsync(IServiceProvider services)
    {
        var (id, teacher, kit) = (Guid.CreateVersion7(), new Actor(Role.Teacher, Guid.CreateVersion7(), "Мұғалім"), services.GetRequiredService<IKits>().Now.Find("photosynthesis")!);
        var plan = kit.Lessons[0].Plan;
        var code = await services.GetRequiredService<JoinCodes>().LeaseAsync(id);
        await Lessons.DoAsync(services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(id), teacher, new OpenLesson(
            plan, "7Б", "Мұғалім", code, null, Language.Kk, MarkScales.InForce(services.GetRequiredService<IOptions<MarksOptions>>().Value, services.GetRequiredService<TimeProvider>())!,
            Rehearsal: true, Seed: Guid.NewGuid()));
        return new Made(id, code, teacher, plan, "", [], []);
    }

    private static async Task<long> SeqAsync(IServiceProvider services, Made made) =>
        (await services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(made.Id).Sync(new SyncRequest(Audience.Teacher, made.Teacher, Guid.Empty, long.MaxValue))).Seq;

    private static async Task ExplainAsync(IServiceProvider services, Made made)
    {
        var step = made.Plan.Steps.First(s => s.Topics.Length > 0);
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(made.Id);
        await Lessons.DoAsync(grain, made.Teacher, new GoToStep(step.Id));
        await Lessons.DoAsync(grain, made.Teacher, new RequestExplanation(
            Guid.CreateVersion7(), step.Id, step.Topics[0].Id, null, ExplainMode.Plain, null, null, []));
    }

    // Every step is reached, so that there is a task to write.
    private static async Task<string> ReachAsync(IServiceProvider services, Made made)
    {
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(made.Id);
        foreach (var step in made.Plan.Steps)
        {
            await Lessons.DoAsync(grain, made.Teacher, new GoToStep(step.Id));
        }

        return made.Plan.Steps.First(s => s.Task is not null).Id;
    }

    private static string BoardOf(IServiceProvider services, Made made) => HubSetup.Path + "?access_token=" + Uri.EscapeDataString(
        services.GetRequiredService<Tickets>().Seal(new Ticket(Role.Board, made.Id, Guid.CreateVersion7(), Guid.Empty)));

    // What a teacher and a board are sent: to begin with, and for each of the last hundred facts, which are answers.
    private static async Task<object> SizesAsync(IServiceProvider services, Made made)
    {
        const int Facts = 100;
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(made.Id);
        var sizes = new Dictionary<string, double>();
        foreach (var (name, audience, by) in new[] { ("teacher", Audience.Teacher, made.Teacher), ("board", Audience.Board, new Actor(Role.Board, Guid.CreateVersion7())) })
        {
            var first = await grain.Sync(new SyncRequest(audience, by, Guid.Empty, 0));
            var since = await grain.Sync(new SyncRequest(audience, by, Guid.Empty, first.Seq - Facts));
            sizes[$"bytes of the first view, {name}"] = first.Snapshot!.Length;
            sizes[$"bytes of a patch for an answer, {name}"] = since.Missed.Average(p => p.Changes.Length);
        }

        return sizes;
    }

    private static async Task PokeAsync(IServiceProvider services, Made made)
    {
        var grain = services.GetRequiredService<IGrainFactory>().GetGrain<IClassroomGrain>(made.Id);
        foreach (var step in made.Plan.Steps.Take(3))
        {
            await Lessons.DoAsync(grain, made.Teacher, new GoToStep(step.Id));
        }
    }

    private sealed record Made(Guid Id, string Code, Actor Teacher, LessonPlan Plan, string QuestionId, ImmutableArray<string> Options, ImmutableArray<string> Paths);

    private sealed class Watcher<T>(Action<T> seen) : IObserver<T>
    {
        public void OnCompleted() { }

        public void OnError(Exception error) { }

        public void OnNext(T value) => seen(value);
    }
}
