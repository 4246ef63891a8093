using System.Diagnostics;
using OpenTelemetry;

namespace Classroom.Silo.Hosting.Telemetry;

/// <summary>A grain's key leaves in a span only where it is an id: codes of lessons and boards are keys too, and whoever has one comes in.</summary>
internal sealed class WithoutCodes : BaseProcessor<Activity>
{
    private const string Target = "orleans.rpc.target_id";
    private static readonly string[] WithIds = ["classroom/", "explanation/", "teacher/", "student/", "centre/"];

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == TelemetrySetup.GrainSource && data.GetTagItem(Target) is string id
            && !Array.Exists(WithIds, w => id.StartsWith(w, StringComparison.Ordinal)) && !id.StartsWith("sys.", StringComparison.Ordinal))
        {
            data.SetTag(Target, id.Split('/')[0]);
        }
    }
}
