using System.Text.Json;

namespace Classroom.Grains;

/// <summary>A lesson as its teacher sees it: the fold of what was published, as a browser folds it, and how far each text has come.</summary>
public sealed class Scene
{
    private static readonly Dictionary<string, Type> Kinds = new[]
    {
        typeof(PaceEntity), typeof(StepEntity), typeof(SeatEntity), typeof(ExplanationEntity), typeof(HeatEntity), typeof(HandEntity), typeof(QuestionEntity),
        typeof(PromptEntity), typeof(ContributionEntity), typeof(WorkEntity), typeof(FeedbackEntity),
    }.ToDictionary(t => EntityKey.KindOf(t).Kind, StringComparer.Ordinal);

    private readonly Dictionary<(Type Type, string Id), Entity> _entities = [];
    private readonly Dictionary<(string ExplanationId, string Variant), (int Count, bool IsWhole)> _texts = [];

    public long Seq { get; private set; }

    public PaceEntity? Pace => One<PaceEntity>("");

    /// <summary>What the lesson said since <see cref="Seq"/>.</summary>
    public void Take(SyncResponse said)
    {
        ArgumentNullException.ThrowIfNull(said);
        if (said.Snapshot is { } whole)
        {
            _entities.Clear();
            Take(whole);
        }

        foreach (var patch in said.Missed.IsDefault ? [] : said.Missed)
        {
            Take(patch.Changes);
        }

        Seq = said.Seq;
    }

    public T? One<T>(string id) where T : Entity => (T?)_entities.GetValueOrDefault((typeof(T), id));

    /// <summary>By id, so that the order is the same each time.</summary>
    public IEnumerable<(string Id, T Value)> All<T>() where T : Entity =>
        _entities.Where(e => e.Key.Type == typeof(T)).OrderBy(e => e.Key.Id, StringComparer.Ordinal).Select(e => (e.Key.Id, (T)e.Value)).ToList();

    /// <summary>Whole sentences that a reader of this variant has by now.</summary>
    public int Sentences(string explanationId, string variant) => _texts.GetValueOrDefault((explanationId, variant)).Count;

    /// <summary>No sentence comes any more.</summary>
    public bool IsWhole(string explanationId, string variant) => _texts.GetValueOrDefault((explanationId, variant)).IsWhole;

    /// <param name="explanationId">Which text.</param>
    /// <param name="variant">In which variant.</param>
    /// <param name="sentences">So many whole ones.</param>
    /// <param name="isWhole">Known before it was read: what ends between the two is read once more.</param>
    public void Has(string explanationId, string variant, int sentences, bool isWhole) => _texts[(explanationId, variant)] = (sentences, isWhole);

    private void Take(byte[] changes)
    {
        using var json = JsonDocument.Parse(changes);
        foreach (var change in json.RootElement.EnumerateArray())
        {
            if (!Kinds.TryGetValue(change.GetProperty("k").GetString()!, out var type))
            {
                continue;
            }

            var (key, value) = ((type, change.GetProperty("id").GetString()!), change.GetProperty("v"));
            if (value.ValueKind == JsonValueKind.Null)
            {
                _entities.Remove(key);
            }
            else
            {
                _entities[key] = (Entity)value.Deserialize(LessonJson.Options.GetTypeInfo(type))!;
            }
        }
    }
}
