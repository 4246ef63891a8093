using System.Security.Cryptography;
using Classroom.Kits.Files;
using Classroom.Kits.Images;
using Classroom.Kits.Yaml;

namespace Classroom.Kits.Reading;

/// <summary>Reads the whole: a kit, its lessons, and what must agree across their steps.</summary>
internal static class KitReader
{
    /// <returns>A kit to be used only if the sink stayed empty.</returns>
    public static Kit? Read(YamlNode root, ReadOnlySpan<byte> yaml, KitFiles files, ErrorSink errors)
    {
        if (root is not YamlMap)
        {
            errors.Add(KitErrorCodes.NotAMapping, root.At, "", "a kit file is a group of fields and begins with id:, version:, title:, lessons:");
            return null;
        }

        var fields = Fields.Open(new Spot(root, "", root.At, errors))!;
        var lessonIds = new HashSet<string>(StringComparer.Ordinal);
        var images = new ImageReader(files);
        images.Read(fields);
        var hash = HashOf(yaml, images.FileHashes);
        var (id, version) = (fields.Id(new HashSet<string>(StringComparer.Ordinal)), fields.Text("version", Limits.Version));
        var kit = new Kit(
            id,
            version,
            fields.Trilingual("title", Limits.Title),
            [.. (fields.Required("lessons")?.Items(Limits.Lessons, s => ReadLesson(s, (id, version, hash), lessonIds, images)) ?? []).OfType<KitLesson>()],
            hash,
            images.Images);
        fields.Close();
        return kit;
    }

    private static string HashOf(ReadOnlySpan<byte> yaml, IEnumerable<byte[]> images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(yaml);
        foreach (var image in images)
        {
            hash.AppendData(image);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static KitLesson? ReadLesson(Spot spot, (string Id, string Version, string Hash) kit, HashSet<string> lessonIds, ImageReader images)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return null;
        }

        var ids = new LessonIds(images);
        List<KitStep> steps = [.. (fields.Required("steps")?.Items(Limits.Steps, s => StepReader.Read(s, ids)) ?? []).OfType<KitStep>()];
        var plan = new LessonPlan(
            kit.Id,
            kit.Version,
            kit.Hash,
            fields.Id(lessonIds),
            fields.Trilingual("title", Limits.Title),
            fields.Trilingual("subject", Limits.Title),
            fields.Number("gradeFrom", 0, 12),
            fields.Number("gradeTo", 0, 12),
            fields.Number("minutes", 5, 180),
            [.. steps.Select(s => s.Plan)],
            new Preparation(
                fields.OptionalTrilingual("prerequisite", Limits.Line),
                [.. fields.Trilinguals("goals", Limits.Line)],
                [.. fields.Required("materials")?.Items(Limits.Items, ReadMaterial) ?? []]));
        var lesson = new KitLesson(plan, steps);
        fields.Close();
        CheckMinutes(fields, plan);
        CheckGrades(fields, plan);
        return lesson;
    }

    private static MaterialPlan ReadMaterial(Spot spot)
    {
        if (Fields.Open(spot) is not { } fields)
        {
            return new MaterialPlan(Words.NoText);
        }

        var material = new MaterialPlan(TrilingualReader.Read(fields, Limits.Line), fields.Optional("hourBefore")?.Flag() == true ? true : null);
        fields.Close();
        return material;
    }

    private static void CheckMinutes(Fields fields, LessonPlan lesson)
    {
        var sum = lesson.Steps.Sum(s => s.Minutes);
        if (lesson.Steps.Length > 0 && lesson.Steps.All(s => s.Minutes > 0) && fields.AreNumbers("minutes") && sum != lesson.Minutes && fields.Optional("minutes") is { } minutes)
        {
            minutes.Error(KitErrorCodes.MinutesSum, $"the steps take {sum} minutes together, the lesson says {lesson.Minutes}");
        }
    }

    private static void CheckGrades(Fields fields, LessonPlan lesson)
    {
        if (fields.AreNumbers("gradeFrom", "gradeTo") && fields.Optional("gradeFrom") is { } from && lesson.GradeFrom > lesson.GradeTo)
        {
            from.Error(KitErrorCodes.GradeOrder, $"gradeFrom {lesson.GradeFrom} is above gradeTo {lesson.GradeTo}");
        }
    }
}
