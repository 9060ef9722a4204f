//! Words that are no person's name, and first names.

/// Words of companies, places, specialties and charts: with one of them, `Word, Word` is no person. In lower case.
const NO_NAMES: &str = " \
    llc inc incorporated corp corporation company ltd limited llp pllc plc group holdings partners partnership \
    associates services service solutions systems health healthcare medical medicine coding billing hospital hospitals \
    clinic clinics center centers centre institute university college school department dept insurance bank trust \
    network management consulting staffing revenue cycle software technologies technology labs laboratory pharmacy \
    md do np rn lpn pa crna cpc ccs rhia rhit phd dds dmd dpm esq jr sr ii iii iv aapc ahima \
    surgery surgical general internal family emergency radiology diagnostic interventional cardiology cardiac \
    vascular thoracic orthopedic orthopedics orthopaedic neurology neurosurgery oncology hematology pathology \
    pediatric pediatrics neonatal obstetrics gynecology psychiatry psychology behavioral mental dermatology urology \
    nephrology gastroenterology pulmonary endocrinology rheumatology anesthesia anesthesiology ophthalmology ent \
    otolaryngology podiatry rehab rehabilitation therapy physical occupational speech hospice home nursing skilled \
    inpatient outpatient observation ambulatory facility professional profee technical ancillary urgent primary care \
    acute critical intensive trauma wound pain sleep dialysis infusion injection imaging mammography ultrasound \
    evaluation consult consultation new established initial subsequent office visit visits level levels low high \
    moderate complex simple minor major single multiple other misc miscellaneous various adult adults child children \
    women men infectious disease preventive chronic risk adjustment audit auditing review reviews appeals denials \
    validation quality query queries rework education training admin meeting charts chart claims encounters edits \
    professional pro fee day days surgical mixed main annual first second third fourth \
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
    september october november december \
    alabama alaska arizona arkansas california colorado connecticut delaware florida georgia hawaii idaho illinois \
    indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan minnesota mississippi missouri \
    montana nebraska nevada hampshire jersey mexico york carolina dakota ohio oklahoma oregon pennsylvania rhode \
    tennessee texas utah vermont virginia washington wisconsin wyoming usa \
    al ak az ar ca co ct de fl ga hi id il ia ks ky la me ma mi mn ms mo mt ne nv nh nj nm ny nc nd oh ok or pa ri \
    sc sd tn tx ut vt va wa wv wi wy dc us lp pc er ed op ip em icu or and the of for with no not yes \
    ";

/// Common first names that are no other words, in lower case.
const FIRST_NAMES: &str = " \
    james john robert michael david william richard joseph thomas charles christopher daniel matthew anthony \
    donald steven andrew paul joshua kenneth kevin brian george timothy ronald edward jason jeffrey ryan jacob gary \
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick raymond \
    dennis jerry tyler aaron jose adam nathan henry douglas zachary peter kyle ethan walter noah jeremy \
    keith roger terry sean gerald carl harold dylan arthur lawrence jesse bryan billy bruce gabriel joe \
    alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene carlos \
    luis miguel pedro jorge manuel antonio mary patricia jennifer linda elizabeth barbara susan jessica karen sarah \
    lisa nancy sandra betty ashley emily kimberly margaret donna michelle carol amanda melissa deborah stephanie \
    rebecca sharon laura cynthia dorothy amy kathleen angela shirley emma brenda pamela nicole anna samantha katherine \
    christine debra rachel carolyn janet maria olivia heather helen catherine diane julie victoria joyce lauren kelly \
    christina ruth joan judith evelyn hannah andrea megan cheryl jacqueline teresa abigail sophia \
    martha sara gloria janice kathryn ann isabella judy charlotte julia amber alice denise frances danielle \
    marilyn natalie beverly diana brittany theresa kayla alexis doris lori tiffany jane carmen rosa ana \
    ";

/// Words that names of files of charts, hours and money have and names of patients do not. In lower case.
const FILES: &str = " \
    chart charts log logs work worklog production productivity coding coder hours time timesheet timesheets invoice \
    invoices payment payments pay paid remittance statement statements expense expenses receipts export exports report \
    reports summary data file files sheet book log monthly weekly daily month week year annual qa audit audits tally \
    totals total final draft copy new old my demo sample example test bank card checking savings account activity \
    transactions january february march april may june july august september october november december jan feb mar apr \
    jun jul aug sep sept oct nov dec q1 q2 q3 q4 \
    llc inc corp company health healthcare medical hospital partners group services \
    ";

/// Words of clinical documents. In lower case.
const CLINICAL: &str = " \
    note notes op operative discharge history physical hp consult pathology path radiology xray ct mri lab labs \
    report progress procedure scan ekg ecg eob referral prescription rx admission face facesheet \
    ";

fn holds(list: &str, word: &str) -> bool {
    let mut rest = list;
    while let Some(at) = rest.find(word) {
        let (before, after) = (&rest[..at], &rest[at + word.len()..]);
        if before.ends_with(' ') && after.starts_with(' ') {
            return true;
        }
        rest = after;
    }
    false
}

/// Whether the word, in lower case, is no person's name.
pub(super) fn is_no_name(word: &str) -> bool {
    holds(NO_NAMES, word)
}

/// Whether the word, in lower case, is a common first name.
pub(super) fn is_first_name(word: &str) -> bool {
    holds(FIRST_NAMES, word)
}

/// Whether the word, in lower case, belongs to the name of a file of records.
pub(super) fn is_of_files(word: &str) -> bool {
    holds(FILES, word)
}

/// Whether the word, in lower case, belongs to a clinical document.
pub(super) fn is_clinical(word: &str) -> bool {
    holds(CLINICAL, word)
}
