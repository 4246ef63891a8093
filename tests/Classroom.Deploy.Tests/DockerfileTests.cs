namespace Classroom.Deploy.Tests;

/// <summary>What can be read off <c>deploy/Dockerfile</c>.</summary>
public sealed class DockerfileTests
{
    [Fact]
    public void The_images_it_is_made_of_are_pinned_and_its_settings_exist()
    {
        foreach (var image in DockerfileText.Of("FROM"))
        {
            image.Split(' ')[0].Split('/')[^1].ShouldBePinned();
        }

        DockerfileText.Environment.Keys.ToList().ForEach(Files.ShouldBeASetting);
        DockerfileText.Of("EXPOSE").Single().Split(' ').ShouldBe([DockerfileText.HttpPort, DockerfileText.SiloPort]);
        var written = new[] { DockerfileText.Environment["Data__Folder"], DockerfileText.Environment["Integrity__Folder"], DockerfileText.Environment["Keys__Folder"] };
        DockerfileText.Of("VOLUME").Single().ShouldBe($"[\"{string.Join("\", \"", written)}\"]");
    }
}
