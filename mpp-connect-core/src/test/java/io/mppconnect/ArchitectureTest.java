package io.mppconnect;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.ProtobufFormat;
import io.mppconnect.format.RecordDecoder;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.SchemaSource;

/** The rules of docs/architecture.md. */
@AnalyzeClasses(packages = "io.mppconnect", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule SEGMENT_KNOWS_NO_SOURCES_AND_NO_SQL = noClasses()
            .that()
            .resideInAPackage("io.mppconnect.segment")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.sql..",
                    "javax.sql..",
                    "org.postgresql..",
                    "io.mppconnect.transfer..",
                    "io.mppconnect.catalog..",
                    "io.mppconnect.file..",
                    "io.mppconnect.rows..");

    @ArchTest
    static final ArchRule TEXT_KNOWS_NO_TRANSFERS = noClasses()
            .that()
            .resideInAPackage("io.mppconnect.text")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.mppconnect.transfer..", "io.mppconnect.segment..", "io.mppconnect.file..", "java.sql..");

    @ArchTest
    static final ArchRule CONNECTORS_USE_THE_SPI_ALONE = noClasses()
            .that()
            .resideInAnyPackage("io.mppconnect.file", "io.mppconnect.rows")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.mppconnect.transfer..", "io.mppconnect.segment..", "java.sql..");

    @ArchTest
    static final ArchRule ONLY_THE_SERVER_KNOWS_UNDERTOW = noClasses()
            .that()
            .resideOutsideOfPackage("io.mppconnect.segment")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.undertow..", "org.xnio..");

    @ArchTest
    static final ArchRule ONLY_ITS_FORMAT_KNOWS_AVRO = noClasses()
            .that()
            .resideOutsideOfPackage("io.mppconnect.format.avro")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.avro..");

    /** But for its description, which an application gives a descriptor to. */
    @ArchTest
    static final ArchRule ONLY_ITS_FORMAT_KNOWS_PROTOBUF = noClasses()
            .that()
            .resideOutsideOfPackage("io.mppconnect.format.protobuf")
            .and()
            .doNotBelongToAnyOf(ProtobufFormat.class)
            .should()
            .dependOnClassesThat()
            .resideInAPackage("com.google.protobuf..");

    @ArchTest
    static final ArchRule THE_FORMATS_PARTS_FORM_NO_CYCLE =
            slices().matching("io.mppconnect.format.(*)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_FORMATS_PARTS_ARE_INTERNAL = classes()
            .that()
            .resideInAPackage("io.mppconnect.format.*")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAPackage("io.mppconnect.format..");

    /** And not which formats there are. */
    @ArchTest
    static final ArchRule THE_FORMATS_PARTS_KNOW_WHAT_A_FORMAT_IS_MADE_OF = noClasses()
            .that()
            .resideInAPackage("io.mppconnect.format.*")
            .should()
            .dependOnClassesThat(resideInAPackage("io.mppconnect.format")
                    .and(not(belongToAnyOf(
                            RecordDecoder.class, RecordEncoder.class, BadRecordException.class, SchemaSource.class))));

    @ArchTest
    static final ArchRule THE_ENGINES_PARTS_FORM_NO_CYCLE =
            slices().assignedFrom(new PartsOfTheEngine()).should().beFreeOfCycles();

    @ArchTest
    static final ArchRule THE_ENGINE_IS_INTERNAL = classes()
            .that()
            .resideInAPackage("io.mppconnect.transfer..")
            .should()
            .onlyHaveDependentClassesThat()
            .resideInAnyPackage("io.mppconnect.transfer..", "io.mppconnect", "io.mppconnect.distributed");

    @ArchTest
    static final ArchRule PUBLIC_SIGNATURES_SHOW_NO_LIBRARY = methods()
            .that()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .arePublic()
            .and()
            .areDeclaredInClassesThat()
            .resideInAnyPackage(
                    "io.mppconnect",
                    "io.mppconnect.spi",
                    "io.mppconnect.type",
                    "io.mppconnect.catalog",
                    "io.mppconnect.distributed")
            .should(ArchConditions.not(ArchConditions.haveRawReturnType(library())));

    private static DescribedPredicate<JavaClass> library() {
        return DescribedPredicate.describe(
                "a library's",
                type -> type.getPackageName().startsWith("io.undertow")
                        || type.getPackageName().startsWith("org.xnio")
                        || type.getPackageName().startsWith("org.postgresql"));
    }

    /** Each package of the engine, the one above the others included. */
    private static final class PartsOfTheEngine implements SliceAssignment {

        private static final String ENGINE = "io.mppconnect.transfer";

        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
            String part = type.getPackageName();
            return part.equals(ENGINE) || part.startsWith(ENGINE + ".")
                    ? SliceIdentifier.of(part)
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "the packages of the engine";
        }
    }
}
